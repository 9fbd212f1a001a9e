import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchPage } from '#app/fetch/fetch.ts';
import type { IngestResult } from '#app/ingest/types.ts';
import { jobOf, plan } from '#app/plan/plan.ts';
import { recover, type TrackDeps, trackOnce } from '#app/track.ts';
import type { PageSpec } from '#core/history/types.ts';
import { blockPage, chroniclePage, REPORTS } from '../support/sample-pages.ts';
import { BOUNDS, openStore, PAGE, type Store, World } from './world.ts';

const OTHER: PageSpec = { ...PAGE, id: 'mill-2022-01', url: 'https://mill.example/2022-01.htm' };
const three = chroniclePage(REPORTS.slice(0, 3));
const four = chroniclePage(REPORTS.slice(0, 4));

let store: Store;
let world: World;
let seen: IngestResult[];
let deps: TrackDeps;

beforeEach(async () => {
  store = await openStore();
  world = new World(store);
  seen = [];
  deps = { ...world.ingestDeps, ...world.notifyDeps, ...world.fetchDeps, report: (result) => void seen.push(result) };
  for (const page of [PAGE, OTHER]) world.site.say(page.url, { body: three });
});
afterEach(() => store.close());

const turn = (more: Partial<TrackDeps> = {}) =>
  trackOnce({ ...deps, ...more }, { pages: [PAGE, OTHER], series: [], limit: 10, leaseMinutes: 30, bounds: BOUNDS });
const outcomes = () => seen.map((result) => [result.pageId, result.outcome]).sort();

describe('one round of the loop on one machine', () => {
  it('takes every due page through fetch, ingest and notify once', async () => {
    expect(await turn()).toBe(2);
    expect(outcomes()).toEqual([
      [PAGE.id, 'first'],
      [OTHER.id, 'first'],
    ]);
    expect(await turn()).toBe(0);
    expect(world.site.requests).toHaveLength(2);
  });

  it('continues with other pages when the check of one fails, and repeats that one later', async () => {
    const fetcher = {
      ...world.fetchDeps.fetcher,
      close: async () => {},
      fetch: async (request: { url: string; etag: null; lastModified: null; full: boolean }) => {
        if (request.url === PAGE.url) throw new Error('the disk is full');
        return world.site.fetch(request);
      },
    } as TrackDeps['fetcher'];
    await turn({ fetcher });
    expect(outcomes()).toEqual([[OTHER.id, 'first']]);
    expect(JSON.stringify(world.log)).toContain('the disk is full');
    world.clock.advance({ minutes: 31 });
    await turn();
    expect(outcomes()).toContainEqual([PAGE.id, 'first']);
  });

  it('leaves the rest for the next start when it is stopped', async () => {
    let checks = 0;
    const stopped = () => {
      checks += 1;
      return checks > 1;
    };
    await turn({ stopped });
    expect(seen).toHaveLength(1);
  });
});

describe('a mail about several pages that became due', () => {
  const down = async () => {
    await turn();
    for (const page of [PAGE, THIRD]) world.site.say(page.url, { body: blockPage(), status: 403 });
    for (let half = 0; half < 60 && world.mailbox.sent.length === 0; half += 1) {
      world.clock.advance({ minutes: 30 });
      await turn();
    }
    // Nothing is due in the next hours.
    const dueAt = new Date(world.clock.now().getTime() + 5 * 3_600_000).toISOString();
    for (const { page } of await store.history.checks()) {
      const check = await store.history.check(page.id);
      if (check !== null) await store.history.putCheck({ ...check, dueAt, version: check.version + 1 }, check);
    }
    world.clock.advance({ minutes: 60 });
  };
  const THIRD: PageSpec = { ...PAGE, id: 'harbour-2022-02', url: 'https://chronicle.example/2022-02.htm' };
  const turn = (more: Partial<TrackDeps> = {}) =>
    trackOnce({ ...deps, ...more }, { pages: [PAGE, THIRD], series: [], limit: 10, leaseMinutes: 30, bounds: BOUNDS });
  beforeEach(() => world.site.say(THIRD.url, { body: three }));

  it('is sent by the next round, though no page is due', async () => {
    await down();
    expect(await turn()).toBe(0);
    expect(world.mailbox.sent.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/is down: block-page/),
      '[Daybook] 2 of 2 pages of chronicle.example are down: block-page',
    ]);
  });

  it('stops no round when it cannot be sent, and is sent at the next start', async () => {
    await down();
    world.mailbox.failure = new Error('no network');
    await turn();
    expect(JSON.stringify(world.log)).toContain('a message about several pages was not sent');
    world.mailbox.failure = null;
    await recover(deps, [PAGE]);
    expect(world.mailbox.sent).toHaveLength(2);
  });
});

describe('recovery after a process that was killed', () => {
  it('judges a stored capture without asking the site again', async () => {
    await turn();
    world.clock.advance({ hours: 25 });
    world.site.say(PAGE.url, { body: four });
    const check = await store.history.check(PAGE.id);
    if (check === null) throw new Error('not tracked');
    const now = world.clock.now().toISOString();
    await fetchPage(world.fetchDeps, jobOf(check, now, '9999'));
    const asked = world.site.requests.length;
    seen = [];
    await recover(deps, [PAGE, OTHER]);
    expect(outcomes()).toEqual([[PAGE.id, 'revision']]);
    expect(world.site.requests).toHaveLength(asked);
    expect((await store.history.head(PAGE.id))?.revision).toBe(2);
    expect(world.mailbox.sent).toHaveLength(1);
  });

  it('frees the pages of jobs that ended with the process', async () => {
    const now = world.clock.now().toISOString();
    await plan(
      { history: store.history, fetchQueue: world.fetchQueue, log: world.log },
      { pages: [PAGE], series: [], now, limit: 10, leaseMinutes: 600, bounds: BOUNDS },
    );
    expect((await store.history.check(PAGE.id))?.leasedUntil).not.toBeNull();
    await recover(deps, [PAGE]);
    expect((await store.history.check(PAGE.id))?.leasedUntil).toBeNull();
    world.clock.advance({ minutes: 1 });
    expect(await turn()).toBe(2);
  });
});
