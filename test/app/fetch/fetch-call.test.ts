import { beforeEach, describe, expect, it } from 'vitest';
import { fetchCall, type IngestCall } from '#app/fetch/fetch-call.ts';
import type { FetchOutcome, FetchRequest } from '#app/fetch/page-fetcher.ts';
import type { FetchJob } from '#app/ports.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { RecordingLog } from '../../support/recording.ts';

const job = (host: string, index: number, over: Partial<FetchJob> = {}): FetchJob => ({
  page: { id: `${host}-${index}`, url: `https://${host}.example/${index}`, name: null, rolling: false, series: null },
  dueAt: '2022-01-12T08:00:00.000Z',
  etag: '"a"',
  lastModified: null,
  knownSha256: 'a',
  full: false,
  previous: null,
  expiresAt: '2022-01-12T08:13:00.000Z',
  ...over,
});
const some = (host: string, count: number) => Array.from({ length: count }, (_, index) => job(host, index));

let asked: string[];
let handed: IngestCall[];
let log: RecordingLog;
let atOnce: Map<string, number>;
let most: Map<string, number>;
let now: string;
let refuses: (call: IngestCall) => boolean;
beforeEach(() => {
  [asked, handed] = [[], []];
  [atOnce, most] = [new Map(), new Map()];
  log = new RecordingLog();
  now = '2022-01-12T08:00:05.000Z';
  refuses = () => false;
});

/** Answers after the other hosts had their turn; "broken" is a defect of ours. */
async function answer({ url }: FetchRequest): Promise<FetchOutcome> {
  const { host, pathname } = new URL(url);
  asked.push(url);
  atOnce.set(host, (atOnce.get(host) ?? 0) + 1);
  most.set(host, Math.max(most.get(host) ?? 0, atOnce.get(host) ?? 0));
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  atOnce.set(host, (atOnce.get(host) ?? 0) - 1);
  if (host.startsWith('broken') && pathname === '/1') throw new Error('a defect');
  return { kind: 'notModified', headers: {} };
}

const run = (jobs: readonly FetchJob[], hostFreeAt?: (url: string) => number | null) =>
  fetchCall(
    {
      fetcher: { fetch: answer, close: async () => {}, ...(hostFreeAt === undefined ? {} : { hostFreeAt }) },
      objects: createMemoryObjects(),
      ingestQueue: {
        send: async (call) => {
          if (refuses(call)) throw new Error('no room');
          handed.push(call);
        },
      },
      log,
      now: () => new Date(now),
    },
    jobs,
  );
const pagesHanded = () => handed.flatMap(({ observations }) => observations.map(({ page }) => page.id));

describe('a call', () => {
  it('asks the pages of a host one after the other, in order, and hosts side by side', async () => {
    expect(await run([...some('a', 7), ...some('b', 3)])).toBe(0);
    expect(Math.max(...most.values())).toBe(1);
    expect(asked.filter((url) => url.includes('a.example'))).toEqual(some('a', 7).map(({ page }) => page.url));
    // b is asked before a is done.
    expect(asked.indexOf('https://b.example/0')).toBeLessThan(asked.indexOf('https://a.example/6'));
  });

  it('hands every observation over, of a host in order and a few at a time', async () => {
    await run([...some('a', 7), ...some('b', 1)]);
    expect(pagesHanded().filter((id) => id.startsWith('a'))).toEqual(some('a', 7).map(({ page }) => page.id));
    expect(handed.map(({ observations }) => observations.length).sort()).toEqual([1, 2, 5]);
  });

  it('leaves jobs that have expired: their pages were planned again', async () => {
    now = '2022-01-12T08:13:00.000Z';
    expect(await run(some('a', 2))).toBe(0);
    expect([asked, handed]).toEqual([[], []]);
  });

  it('says until when a host is to be left alone', async () => {
    const freeAt = '2022-01-12T08:01:05.000Z';
    await run(some('a', 1), (url) => (url === 'https://a.example/0' ? Date.parse(freeAt) : null));
    expect(handed[0]?.observations).toMatchObject([{ hostFreeAt: freeAt }]);
  });
});

describe('a failure', () => {
  it('of one page keeps no other back, is counted, and named in the log', async () => {
    expect(await run([...some('broken', 3), ...some('b', 1)])).toBe(1);
    expect(pagesHanded().sort()).toEqual(['b-0', 'broken-0', 'broken-2']);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ page: 'broken-1', error: 'a defect' }) }),
    );
  });

  it('to hand over counts the observations that are lost', async () => {
    refuses = ({ observations }) => observations[0]?.page.id === 'a-0';
    expect(await run(some('a', 7))).toBe(5);
    expect(pagesHanded()).toEqual(['a-5', 'a-6']);
  });
});
