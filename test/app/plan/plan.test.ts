import { beforeEach, describe, expect, it } from 'vitest';
import { ConflictError } from '#app/errors.ts';
import { jobOf, plan } from '#app/plan/plan.ts';
import type { FetchJob } from '#app/ports.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { newCheck } from '#core/schedule/check.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { BOUNDS, HARBOUR, openWorld, PAGE, type Store, type World } from '../world.ts';

let store: Store;
let world: World;

beforeEach(async () => {
  ({ store, world } = await openWorld(chroniclePage(REPORTS.slice(0, 4))));
  return () => store.close();
});

const checkOf = async (id = PAGE.id): Promise<CheckState> => {
  const check = await store.history.check(id);
  if (check === null) throw new Error(`no check of ${id}`);
  return check;
};

describe('what is due', () => {
  it('starts a page that the configuration names, and sends its first job at once', async () => {
    const { started, planned } = await world.plan();
    expect([started, planned]).toEqual([1, [PAGE.id]]);
    const [job] = world.fetchQueue.drain();
    expect(job).toEqual({
      page: PAGE,
      dueAt: world.clock.iso(),
      etag: null,
      lastModified: null,
      knownSha256: null,
      full: true,
      previous: null,
      expiresAt: new Date(world.clock.now().getTime() + 30 * 60_000).toISOString(),
    });
  });

  it('does not plan a leased page again', async () => {
    await world.plan();
    world.clock.advance({ minutes: 29 });
    expect((await world.plan()).planned).toEqual([]);
  });

  it('plans an unanswered job again, under the same name', async () => {
    await world.plan();
    const [first] = world.fetchQueue.drain();
    world.clock.advance({ minutes: 30 });
    expect((await world.plan()).planned).toEqual([PAGE.id]);
    const [second] = world.fetchQueue.drain();
    expect(second?.dueAt).toBe(first?.dueAt);
    expect(second?.expiresAt).not.toBe(first?.expiresAt);
  });

  it('plans nothing before its time', async () => {
    await world.turn();
    const { dueAt } = await checkOf();
    world.clock.set(new Date(Date.parse(dueAt) - 1).toISOString());
    expect((await world.plan()).planned).toEqual([]);
    world.clock.set(dueAt);
    expect((await world.plan()).planned).toEqual([PAGE.id]);
  });

  it('spreads a backlog over several ticks, longest overdue first', async () => {
    world.pages = Array.from({ length: 5 }, (_, index) => ({ ...PAGE, id: `page-${index}` }));
    const input = {
      pages: world.pages,
      series: [],
      now: world.clock.iso(),
      limit: 2,
      leaseMinutes: 30,
      bounds: BOUNDS,
    };
    const deps = { history: store.history, fetchQueue: world.fetchQueue, log: world.log };
    const planned: string[] = [];
    for (let tick = 0; tick < 4; tick += 1) planned.push(...(await plan(deps, input)).planned);
    expect([...planned].sort()).toEqual(world.pages.map((page) => page.id));
  });

  it.each([
    ['and leaves the rest unleased', 1, 76],
    ['but leases some pages however slow it is', 20, 50],
  ])('ends leasing in time to hand over what it has leased, %s', async (_, secondsALease, expected) => {
    const pages = Array.from({ length: 90 }, (_, index) => ({ ...PAGE, id: `page-${index}` }));
    const start = world.clock.now().getTime();
    const jobs: FetchJob[] = [];
    const fetchQueue = { send: async (job: FetchJob) => void jobs.push(job) };
    const clock = () => new Date(start + 1_000 * secondsALease * jobs.length);
    const deps = { history: store.history, fetchQueue, log: world.log, clock };
    const now = world.clock.iso();
    const input = { pages, series: [], now, limit: 100, leaseMinutes: 30, leasingSeconds: 75, bounds: BOUNDS };
    const { planned } = await plan(deps, input);
    expect(planned).toHaveLength(expected);
    expect(jobs).toHaveLength(expected);
    const leased = (await store.history.checks()).filter(({ leasedUntil }) => leasedUntil !== null);
    expect(leased.map(({ page }) => page.id)).toEqual([...planned].sort());
    expect(JSON.stringify(world.log)).toContain('left due pages to the next tick');
    expect((await plan({ ...deps, clock: () => new Date(now) }, input)).planned).toHaveLength(90 - expected);
  });

  it('asks with validators, and once a day without', async () => {
    await world.turn();
    const check = await checkOf();
    const soon = jobOf(check, '2022-01-12T20:00:00.000Z', 'x');
    expect(soon).toMatchObject({ full: false, etag: check.etag, knownSha256: check.knownSha256 });
    expect(jobOf(check, '2022-01-13T08:00:01.000Z', 'x').full).toBe(true);
    expect(jobOf({ ...check, knownSha256: null }, '2022-01-12T20:00:00.000Z', 'x').full).toBe(true);
  });

  it('leaves a page to the worker that was faster', async () => {
    await world.plan();
    world.fetchQueue.drain();
    world.clock.advance({ minutes: 31 });
    const late = store.history;
    const stale = await late.due(world.clock.iso(), 10);
    expect((await world.plan()).planned).toEqual([PAGE.id]);
    const history = {
      checks: () => late.checks(),
      putCheck: late.putCheck,
      due: async () => stale,
      series: async () => [],
      putSeries: late.putSeries,
    };
    const input = { pages: [PAGE], series: [], now: world.clock.iso(), limit: 10, leaseMinutes: 30, bounds: BOUNDS };
    const second = await plan({ history, fetchQueue: world.fetchQueue, log: world.log }, input);
    expect(second.planned).toEqual([]);
    expect(world.fetchQueue.drain()).toHaveLength(1);
  });

  it('throws errors other than conflicts', async () => {
    const history = { ...store.history, putCheck: async () => Promise.reject(new Error('broken')) };
    const input = { pages: [PAGE], series: [], now: world.clock.iso(), limit: 10, leaseMinutes: 30, bounds: BOUNDS };
    await expect(plan({ history, fetchQueue: world.fetchQueue, log: world.log }, input)).rejects.toThrow('broken');
  });
});

describe('the configuration changes', () => {
  it('retires a page that it no longer names, and never asks for it again', async () => {
    await world.turn();
    world.pages = [];
    expect((await world.tomorrow()).planned).toMatchObject({ retired: 1, planned: [] });
    expect((await world.tomorrow()).planned).toMatchObject({ retired: 0, planned: [] });
    expect(await checkOf()).toMatchObject({ retired: true, leasedUntil: null });
    expect(await store.history.head(PAGE.id)).not.toBeNull();
  });

  it('keeps a page retired while its last job runs', async () => {
    await world.plan();
    world.pages = [];
    await world.plan();
    world.pages = [PAGE];
    const [job] = world.fetchQueue.drain();
    world.pages = [];
    world.fetchQueue.send(job as FetchJob);
    await world.turn();
    expect(await checkOf()).toMatchObject({ retired: true });
    expect((await world.tomorrow()).planned.planned).toEqual([]);
  });

  it('takes a page back at once, with its history', async () => {
    await world.turn();
    world.pages = [];
    await world.tomorrow();
    world.pages = [PAGE];
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    const { results } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'revision', revision: { number: 2 } }]);
  });

  it('asks a new address without the validators of the old one', async () => {
    await world.turn();
    const moved = { ...PAGE, url: 'https://chronicle.example/moved.htm' };
    world.pages = [moved];
    world.shows(chroniclePage(REPORTS.slice(0, 4)), 200, moved.url);
    const { planned, results } = await world.turn();
    expect(planned.planned).toEqual([PAGE.id]);
    expect(world.site.requests.at(-1)).toMatchObject({ url: moved.url, etag: null, full: true });
    expect(results).toMatchObject([{ outcome: 'unchanged' }]);
    expect((await checkOf()).page).toEqual(moved);
  });

  it('takes a new name without a full fetch: the validators stay', async () => {
    await world.turn();
    const { etag } = await checkOf();
    world.pages = [{ ...PAGE, name: 'Harbour' }];
    await world.plan();
    expect(await checkOf()).toMatchObject({ etag, page: { name: 'Harbour' } });
  });

  it('keeps the members of a configured series', async () => {
    const member = { ...PAGE, id: 'harbour-2022-02', series: 'harbour' };
    await store.history.putCheck(newCheck(member, world.clock.iso()), null);
    world.pages = [];
    world.series = [HARBOUR];
    expect(await world.plan()).toMatchObject({ retired: 0, planned: [member.id] });
    world.series = [];
    expect(await world.plan()).toMatchObject({ retired: 1 });
    world.series = [HARBOUR];
    expect(await world.plan()).toMatchObject({ retired: 0, planned: [member.id] });
  });

  it('starts a page once when two planners see it first', async () => {
    const results = await Promise.allSettled([world.plan(), world.plan(), world.plan()]);
    expect(results.every((one) => one.status === 'fulfilled')).toBe(true);
    expect((await store.history.checks()).map((check) => check.page.id)).toEqual([PAGE.id]);
    expect(world.fetchQueue.drain()).toHaveLength(1);
    await expect(store.history.putCheck(newCheck(PAGE, world.clock.iso()), null)).rejects.toThrow(ConflictError);
  });
});
