import { afterEach } from 'vitest';
import { createFetcher } from '#adapters/http/fetcher.ts';
import { createWayback } from '#adapters/http/wayback.ts';
import type { PageFetcher } from '#app/fetch/page-fetcher.ts';
import { type LoopbackServer, listen } from '../../support/loopback.ts';

export interface Archived {
  readonly timestamp: string;
  readonly body: string;
  readonly status?: string;
  readonly digest?: string;
  readonly url?: string;
}

/** Run after each test of the file that imports this. */
export const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An archive that speaks the CDX API with resume keys, `perPage` rows at a time, and replays raw answers. */
export async function archiveOf(
  captures: readonly Archived[],
  { perPage = 2, before }: { perPage?: number; before?: (path: string, asked: number) => number | null } = {},
) {
  const asked = new Map<string, number>();
  const server: LoopbackServer = await listen('127.0.0.1', (request, response) => {
    const url = new URL(request.url ?? '/', 'http://archive.example');
    const count = (asked.get(url.pathname) ?? 0) + 1;
    asked.set(url.pathname, count);
    const trouble = before?.(url.pathname, count) ?? null;
    if (trouble !== null) {
      response.writeHead(trouble).end('trouble');
    } else if (url.pathname === '/cdx') {
      const from = url.searchParams.get('from') ?? '0';
      const to = `${url.searchParams.get('to') ?? ''}~`;
      const all = captures.filter(({ timestamp }) => timestamp >= from && timestamp <= to);
      const start = Number(url.searchParams.get('resumeKey') ?? 0);
      const rows = all
        .slice(start, start + perPage)
        .map(({ timestamp, status = '200', digest = 'DIGEST', url: original }) => [
          timestamp,
          original ?? url.searchParams.get('url'),
          status,
          digest,
        ]);
      const more = start + perPage < all.length ? [[], [String(start + perPage)]] : [];
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify([['timestamp', 'original', 'statuscode', 'digest'], ...rows, ...more]));
    } else {
      const timestamp = /^\/web\/(\d{14})id_\//.exec(url.pathname)?.[1];
      const found = captures.find(
        (capture) =>
          capture.timestamp === timestamp && (capture.url === undefined || url.pathname.endsWith(capture.url)),
      );
      if (found === undefined) response.writeHead(404).end('not archived');
      else {
        response.writeHead(Number(found.status ?? 200) || 200, {
          'content-type': 'text/html; charset=windows-1252',
          'x-archive-orig-server': 'Apache',
          'x-archive-orig-last-modified': 'Wed, 05 Jan 2022 10:00:00 GMT',
          'memento-datetime': 'Wed, 05 Jan 2022 10:15:00 GMT',
          link: '<https://archive.example/>; rel="timemap"',
        });
        response.end(found.body);
      }
    }
  });
  const waits: number[] = [];
  const fetcher: PageFetcher = createFetcher({
    allowedHosts: ['127.0.0.1'],
    allowLoopback: true,
    allowedPorts: [server.port],
    userAgent: 'daybook/test',
    minGapMs: 0,
    sleep: async () => {},
  });
  closing.push(
    () => fetcher.close(),
    () => server.close(),
  );
  const archive = createWayback({
    fetcher,
    cdxBase: `${server.origin}/cdx`,
    replayBase: `${server.origin}/web/`,
    sleep: async (ms) => void waits.push(ms),
  });
  return { archive, server, waits };
}
