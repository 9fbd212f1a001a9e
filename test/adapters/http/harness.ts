import { afterEach } from 'vitest';
import { createFetcher, type FetcherOptions } from '#adapters/http/fetcher.ts';
import type {
  FetchedResponse,
  FetchFailure,
  FetchOutcome,
  FetchRequest,
  PageFetcher,
} from '#app/fetch/page-fetcher.ts';
import { type LoopbackServer, listen, type Route, type SeenRequest, serve, serveRaw } from '../../support/loopback.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/** Servers and fetchers that are closed after the test, whether it passed or not. */
export async function site(routes: Readonly<Record<string, Route>>, host?: string): Promise<LoopbackServer> {
  return kept(await serve(routes, host));
}

export async function rawSite(onRequest: Parameters<typeof serveRaw>[0]): Promise<LoopbackServer> {
  return kept(await serveRaw(onRequest));
}

export async function listening(listener: Parameters<typeof listen>[1]): Promise<LoopbackServer> {
  return kept(await listen('127.0.0.1', listener));
}

/** A fetcher for the given servers: their ports, 127.0.0.1, no gap. */
export function fetcherFor(servers: readonly LoopbackServer[], options: Partial<FetcherOptions> = {}): PageFetcher {
  return kept(
    createFetcher({
      allowedHosts: ['127.0.0.1'],
      allowLoopback: true,
      allowedPorts: servers.map((server) => server.port),
      userAgent: 'daybook/0.1 (+https://daybook.example/about)',
      minGapMs: 0,
      ...options,
    }),
  );
}

export function asking(url: string, request: Partial<FetchRequest> = {}): FetchRequest {
  return { url, etag: null, lastModified: null, full: false, ...request };
}

export function response(outcome: FetchOutcome): FetchedResponse {
  if (outcome.kind !== 'response') throw new Error(`expected a response, got ${JSON.stringify(outcome)}`);
  return outcome;
}

export function failed(outcome: FetchOutcome): FetchFailure {
  if (outcome.kind !== 'failure') throw new Error(`expected a failure, got ${outcome.kind}`);
  return outcome;
}

/** The headers of the newest request. */
export function lastHeaders(server: LoopbackServer): SeenRequest['headers'] {
  return server.requests.at(-1)?.headers ?? {};
}

export function text(outcome: FetchOutcome): string {
  return new TextDecoder().decode(response(outcome).body);
}

function kept<T extends { close(): Promise<void> }>(thing: T): T {
  open.push(thing);
  return thing;
}
