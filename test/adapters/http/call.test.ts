import { afterEach, expect, it } from 'vitest';
import { composeFetcher } from '#adapters/http/compose.ts';
import { fetchCall, type IngestCall } from '#app/fetch/fetch-call.ts';
import { HOSTS_A_CALL } from '#app/plan/calls.ts';
import { parseConfig } from '#core/config.ts';
import { type LoopbackServer, serve } from '../../support/loopback.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { RecordingLog } from '../../support/recording.ts';

const PAGES = 3;
const GAP_SECONDS = 2;
const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/**
 * Time in which nobody wakes before all are asleep: a call that asks one host after the other would never end. So it ends
 * only if the waits overlap, and time shows how long they were together.
 */
class SharedSleep {
  at = Date.parse('2022-01-12T08:00:00.000Z');
  readonly #sleepers: { readonly ms: number; readonly wake: () => void }[] = [];

  constructor(private readonly all: number) {}

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.#sleepers.push({ ms, wake });
      if (this.#sleepers.length < this.all) return;
      const together = this.#sleepers.splice(0);
      this.at += Math.max(...together.map((one) => one.ms));
      for (const one of together) one.wake();
    });
}

it('one call asks ten hosts side by side: their waits overlap, and robots.txt is read once a host', async () => {
  for (let host = 1; host <= HOSTS_A_CALL; host += 1) {
    const pages = Array.from({ length: PAGES }, (_, page) => [`/${page}.htm`, `page ${page} of host ${host}`]);
    servers.push(await serve(Object.fromEntries(pages), `127.0.0.${host}`));
  }
  const config = parseConfig({
    pages: servers.flatMap((server, host) =>
      Array.from({ length: PAGES }, (_, page) => ({ id: `h${host}-p${page}`, url: server.url(`/${page}.htm`) })),
    ),
    fetch: {
      minGapSeconds: GAP_SECONDS,
      ports: servers.map(({ port }) => port),
      allowLoopback: true,
      contact: 'ops@example.org',
    },
  });
  const time = new SharedSleep(HOSTS_A_CALL);
  const begun = time.at;
  const timing = { now: () => time.at, sleep: time.sleep, random: () => 0 };
  const fetcher = composeFetcher(config, new RecordingLog(), timing);
  const handed: IngestCall[] = [];
  const jobs = config.pages.map(({ id, url }) => ({
    page: { id, url, name: null, rolling: false, series: null },
    dueAt: new Date(begun).toISOString(),
    etag: null,
    lastModified: null,
    knownSha256: null,
    full: true,
    previous: null,
    expiresAt: new Date(begun + 13 * 60_000).toISOString(),
  }));
  const deps = {
    fetcher,
    objects: createMemoryObjects(),
    ingestQueue: { send: async (call: IngestCall) => void handed.push(call) },
    log: new RecordingLog(),
    now: () => new Date(time.at),
  };

  expect(await fetchCall(deps, jobs)).toBe(0);
  await fetcher.close();

  const paths = ['/robots.txt', ...Array.from({ length: PAGES }, (_, page) => `/${page}.htm`)];
  for (const { requests } of servers) expect(requests.map(({ url }) => url)).toEqual(paths);
  // As long as one host alone takes: a gap after robots.txt and after each page but the last.
  expect(time.at - begun).toBe(PAGES * GAP_SECONDS * 1_000);
  expect(handed.flatMap(({ observations }) => observations)).toHaveLength(HOSTS_A_CALL * PAGES);
});
