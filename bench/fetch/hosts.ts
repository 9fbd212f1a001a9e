import { createFetcher } from '../../src/adapters/http/fetcher.ts';
import { type LoopbackServer, listen } from '../../test/support/loopback.ts';

const HOSTS = 50;
const PAGES = 1000;
/** Simulated milliseconds in a real one. */
const SPEED = 100;
const GAP_MS = 2000;

interface Watched {
  readonly server: LoopbackServer;
  present: number;
  most: number;
  lastEnd: number;
  shortestGap: number;
}

/** Many pages over many hosts by one fetcher: whether each host was asked one at a time and left its gap. */
export async function benchHosts(): Promise<Record<string, string | number>[]> {
  const origin = performance.now();
  const now = (): number => (performance.now() - origin) * SPEED;
  const hosts: Watched[] = [];
  for (let i = 0; i < HOSTS; i += 1) hosts.push(await watched(now));
  const fetcher = createFetcher({
    allowedHosts: ['127.0.0.1'],
    allowLoopback: true,
    allowedPorts: hosts.map((host) => host.server.port),
    userAgent: 'daybook-bench/1',
    minGapMs: GAP_MS,
    maxWaitMs: Number.POSITIVE_INFINITY,
    now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.ceil(ms / SPEED))),
  });
  const rows: Record<string, string | number>[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const startedAt = performance.now();
    const outcomes = await Promise.all(
      Array.from({ length: PAGES }, (_, i) => {
        const url = (hosts[i % HOSTS] as Watched).server.url(`/page-${i}`);
        return fetcher.fetch({ url, etag: '"v1"', lastModified: null, full: false });
      }),
    );
    globalThis.gc?.();
    rows.push({
      round,
      pages: outcomes.filter((outcome) => outcome.kind === 'notModified').length,
      seconds: ((performance.now() - startedAt) / 1000).toFixed(1),
      'most at once to a host': Math.max(...hosts.map((host) => host.most)),
      'shortest gap, ms simulated': Math.round(Math.min(...hosts.map((host) => host.shortestGap))),
      'heap MiB': (process.memoryUsage().heapUsed / 1024 / 1024).toFixed(1),
    });
  }
  await fetcher.close();
  for (const { server } of hosts) await server.close();
  return rows;
}

async function watched(now: () => number): Promise<Watched> {
  const state = { present: 0, most: 0, lastEnd: Number.NEGATIVE_INFINITY, shortestGap: Number.POSITIVE_INFINITY };
  const server = await listen('127.0.0.1', (request, answer) => {
    state.present += 1;
    state.most = Math.max(state.most, state.present);
    state.shortestGap = Math.min(state.shortestGap, now() - state.lastEnd);
    setImmediate(() => {
      state.present -= 1;
      state.lastEnd = now();
      answer.writeHead(request.url === '/robots.txt' ? 404 : 304).end();
    });
  });
  return Object.assign(state, { server });
}
