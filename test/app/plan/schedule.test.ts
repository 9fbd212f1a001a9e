import { beforeEach, describe, expect, it } from 'vitest';
import { fetchPage } from '#app/fetch/fetch.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { newCheck } from '#core/schedule/check.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { ConfiguredWorld } from '../configured-world.ts';
import { openStore } from '../world.ts';

const URL_OF_PAGE = 'https://harbour.example/2022-01.htm';
const PAGES = [{ id: 'harbour', url: URL_OF_PAGE }];
const four = REPORTS.slice(0, 4);

let world: ConfiguredWorld;
beforeEach(() => {
  world = new ConfiguredWorld({ pages: PAGES });
  world.serves(URL_OF_PAGE, chroniclePage(four));
});

const many = (count: number, host: string) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${host}-${String(index).padStart(3, '0')}`,
    url: `https://${host}.example/${index}.htm`,
  }));
const jobs = () => world.fetchQueue.drain();

describe('what is due', () => {
  it('is planned longest overdue first, and each page once', async () => {
    world.configure({ pages: many(30, 'a') });
    await world.plan();
    jobs();
    for (const check of await world.store.history.checks()) {
      const minutes = (Number(check.page.id.slice(2)) * 7) % 30;
      const dueAt = new Date(world.clock.now().getTime() + minutes * 60_000).toISOString();
      await world.store.history.putCheck({ ...check, dueAt, leasedUntil: null }, check);
    }
    world.clock.advance({ minutes: 20 });
    await world.plan();
    const planned = jobs();
    expect(planned).toHaveLength(21);
    expect(planned.map((job) => job.dueAt)).toEqual([...planned.map((job) => job.dueAt)].sort());
    expect((await world.plan()).planned).toEqual([]);
  });

  it('is caught up over several ticks after an outage, without a burst', async () => {
    world.configure({ pages: ['a', 'b', 'c'].flatMap((host) => many(160, host)) });
    await world.plan();
    jobs();
    world.clock.advance({ hours: 24 * 7 });
    const ticks: number[] = [];
    const planned = new Set<string>();
    for (let tick = 0; tick < 4; tick += 1) {
      await world.plan();
      const sent = jobs();
      ticks.push(sent.length);
      for (const job of sent) planned.add(job.page.id);
    }
    expect(ticks).toEqual([240, 240, 0, 0]);
    expect(planned.size).toBe(480);
  });

  it('of a host that never answers does not delay other hosts', async () => {
    const quick = Array.from({ length: 9 }, (_, index) => many(5, `quick${index}`)).flat();
    // By its name it sorts before all others that fell due with it.
    world.configure({ pages: [...many(600, 'a-slow'), ...quick] });
    const waited: number[] = [];
    for (let tick = 0; tick < 40; tick += 1) {
      await world.plan();
      for (const job of jobs()) {
        // The slow host's jobs wait in its queue until they expire.
        if (job.page.id.startsWith('a-slow')) continue;
        waited.push(world.clock.now().getTime() - Date.parse(job.dueAt));
        const seen = await fetchPage(world.fetchDeps, job);
        if (seen !== null) await ingest(world.ingestDeps, seen);
      }
      world.clock.advance({ minutes: 15 });
    }
    // Each is asked in the very tick after it fell due.
    expect(waited.length).toBeGreaterThan(quick.length * 4);
    expect(Math.max(...waited)).toBeLessThan(15 * 60_000);
  });

  it('is limited for each host to the requests until the next tick', async () => {
    world.configure({ pages: [...many(50, 'slow'), ...many(5, 'quick')], fetch: { minGapSeconds: 60 } });
    await world.plan();
    const hosts = jobs().map((job) => new URL(job.page.url).host);
    expect(hosts.filter((host) => host === 'slow.example')).toHaveLength(11);
    expect(hosts.filter((host) => host === 'quick.example')).toHaveLength(5);
  });
});

it('includes all due pages, although the store returns them in parts', async () => {
  const store = await openStore();
  try {
    const page = { name: null, rolling: false, series: null };
    // More than a megabyte, which is what one answer of the table holds.
    const etag = `"${'x'.repeat(4_000)}"`;
    for (let index = 0; index < 400; index += 1) {
      const id = `page-${String(index).padStart(3, '0')}`;
      const check = newCheck({ ...page, id, url: `https://h${index}.example/` }, world.clock.iso());
      await store.history.putCheck({ ...check, etag }, null);
    }
    expect(await store.history.due(world.clock.iso(), 1_000)).toHaveLength(400);
    expect(await store.history.due(world.clock.iso(), 300)).toHaveLength(300);
  } finally {
    await store.close();
  }
});

describe('a server that asks to be left alone', () => {
  const refused = (status: number) => () => ({
    body: blockPage(),
    status,
    headers: { 'retry-after': '7200' },
  });
  it.each([
    ['429', () => world.site.say(URL_OF_PAGE, refused(429)), 2],
    ['503', () => world.site.say(URL_OF_PAGE, refused(503)), 2],
    [
      '503 until a date',
      () =>
        world.site.say(URL_OF_PAGE, () => ({
          ...refused(503)(),
          headers: { 'retry-after': new Date(world.clock.now().getTime() + 3 * 3_600_000).toUTCString() },
        })),
      3,
    ],
    ['no answer', () => world.site.say(URL_OF_PAGE, { failure: 'timeout', retryAfterSeconds: 14_400 }), 4],
    ['a postponed request', () => world.site.say(URL_OF_PAGE, { failure: 'postponed', retryAfterSeconds: 9_000 }), 2.5],
  ])('with %s is asked again at the time it names, and not before', async (_, answer, hours) => {
    answer();
    await world.turn();
    const asked = world.site.requests.length;
    const at = world.clock.now().getTime();
    for (let minutes = 10; minutes < hours * 60; minutes += 10) {
      world.clock.set(new Date(at + minutes * 60_000).toISOString());
      await world.turn();
    }
    expect(world.site.requests).toHaveLength(asked);
    world.clock.set(new Date(at + hours * 3_600_000 + 1_000).toISOString());
    await world.turn();
    expect(world.site.requests).toHaveLength(asked + 1);
  });

  it('is no failure of the page when no request was sent', async () => {
    await world.turn();
    world.site.say(URL_OF_PAGE, { failure: 'postponed', retryAfterSeconds: 600 });
    for (let turn = 0; turn < 5; turn += 1) await world.whenDue('harbour');
    expect(await world.check('harbour')).toMatchObject({ failures: 0 });
    expect(world.mailbox.sent).toEqual([]);
  });
});

describe('a page that fails', () => {
  it('is asked less and less often, and as before after an answer', async () => {
    await world.turn();
    world.site.say(URL_OF_PAGE, { failure: 'connect' });
    const pauses: number[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      await world.whenDue('harbour');
      pauses.push(await world.pause('harbour'));
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBeLessThan(0.6);
    expect(pauses.at(-1)).toBe(24);
    world.serves(URL_OF_PAGE, chroniclePage(REPORTS.slice(0, 5)));
    await world.whenDue('harbour');
    expect(await world.check('harbour')).toMatchObject({ failures: 0 });
    expect(await world.pause('harbour')).toBeLessThan(0.6);
  });

  it.each([
    ['a block page', () => world.serves(URL_OF_PAGE, blockPage(), 403)],
    ['a page without an article', () => world.serves(URL_OF_PAGE, new TextEncoder().encode('<p>Hello</p>'))],
    ['no answer', () => world.site.say(URL_OF_PAGE, { failure: 'timeout' })],
  ])('with %s is asked without validators until a capture is accepted', async (_, answer) => {
    await world.turn();
    answer();
    await world.whenDue('harbour');
    await world.whenDue('harbour');
    expect(world.site.requests.at(-1)).toMatchObject({ etag: null, lastModified: null, full: true });
    world.serves(URL_OF_PAGE, chroniclePage(four));
    await world.whenDue('harbour');
    await world.whenDue('harbour');
    expect(world.site.requests.at(-1)?.etag).toMatch(/^"/);
  });
});

it('a wrong 304 hides a change for a day at most', async () => {
  await world.turn();
  const first = await world.check('harbour');
  let isWrong = true;
  const fetcher = {
    ...world.site,
    close: async () => {},
    fetch: async (request: Parameters<typeof world.site.fetch>[0]) =>
      isWrong && !request.full && request.etag !== null
        ? ({ kind: 'notModified', headers: {} } as const)
        : world.site.fetch(request),
  };
  world.serves(URL_OF_PAGE, chroniclePage(REPORTS.slice(0, 6)));
  const found: string[] = [];
  while (found.length === 0) {
    const { dueAt } = await world.check('harbour');
    world.clock.set(dueAt);
    await world.plan();
    for (const job of jobs()) {
      const seen = await fetchPage({ ...world.fetchDeps, fetcher }, job);
      if (seen === null) continue;
      for (const result of await ingest(world.ingestDeps, seen))
        if (result.revision?.number === 2) found.push(result.observedAt);
    }
  }
  isWrong = false;
  const hours = (Date.parse(found[0] ?? '') - Date.parse(first.lastCheckedAt ?? '')) / 3_600_000;
  expect(hours).toBeGreaterThan(20);
  // The first full look after a day: the day, and the pause that was running when it ended.
  expect(hours).toBeLessThan(24 + 3);
});

describe('the configuration changes while a job is under way', () => {
  it('a new name makes no page due, and frees no lease', async () => {
    await world.plan();
    const [job] = jobs();
    world.configure({ pages: [{ id: 'harbour', url: URL_OF_PAGE, name: 'Harbour' }] });
    expect((await world.plan()).planned).toEqual([]);
    if (job === undefined) throw new Error('no job');
    const seen = await fetchPage(world.fetchDeps, job);
    if (seen !== null) await ingest(world.ingestDeps, seen);
    expect(await world.check('harbour')).toMatchObject({ page: { name: 'Harbour' }, leasedUntil: null });
    expect((await world.plan()).planned).toEqual([]);
    expect(world.site.requests).toHaveLength(1);
  });

  it('a new address stays, is asked at once and never with the validators of the old one', async () => {
    await world.plan();
    const [job] = jobs();
    const moved = 'https://harbour.example/moved.htm';
    world.serves(moved, chroniclePage(four));
    world.configure({ pages: [{ id: 'harbour', url: moved }] });
    world.clock.advance({ minutes: 1 });
    await world.plan();
    if (job === undefined) throw new Error('no job');
    const seen = await fetchPage(world.fetchDeps, job);
    if (seen !== null) await ingest(world.ingestDeps, seen);
    expect(await world.check('harbour')).toMatchObject({ page: { url: moved }, etag: null, knownSha256: null });
    for (const next of jobs()) {
      const answer = await fetchPage(world.fetchDeps, next);
      if (answer !== null) await ingest(world.ingestDeps, answer);
    }
    expect(world.site.requests.map((request) => [request.url, request.etag])).toEqual([
      [URL_OF_PAGE, null],
      [moved, null],
    ]);
    expect((await world.check('harbour')).etag).not.toBeNull();
  });
});
