import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rebuild } from '#app/history/rebuild.ts';
import { plan } from '#app/plan/plan.ts';
import { createReader } from '#app/read/reader.ts';
import { verify } from '#app/verify/verify.ts';
import { newCheck } from '#core/schedule/check.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { reports, Watched } from '../../support/watched.ts';
import { BOUNDS, openWorld, PAGE, type Store, type World } from '../world.ts';

const page = (count: number) => chroniclePage(reports(count));
const YEARS_AHEAD = 2 * 365 * 24;

let store: Store;
let world: World;

beforeEach(async () => {
  ({ store, world } = await openWorld(page(4)));
  await world.turn();
});
afterEach(() => store.close());

const check = async () => {
  const found = await store.history.check(PAGE.id);
  if (found === null) throw new Error('no check');
  return found;
};
const warnings = () => JSON.stringify(world.log);
const counts = async () => (await store.history.revisions(PAGE.id)).map(({ paragraphs }) => paragraphs);

async function findings(): Promise<string[]> {
  const found: string[] = [];
  for await (const event of verify({ ...store, parser: '1', expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

describe('a clock that was two years ahead', () => {
  it.each([
    ['for one check', 1],
    ['for several checks', 3],
  ])('%s does not silence a page: it is checked at the next tick, and at the usual pauses again', async (_, times) => {
    const [first = 0] = await counts();
    const began = world.clock.iso();
    world.clock.advance({ hours: YEARS_AHEAD });
    for (let time = 1; time <= times; time += 1) {
      world.shows(page(4 + time));
      expect((await world.after(25)).alerts).toHaveLength(1);
    }
    const ahead = await check();
    world.clock.set(began);
    world.clock.advance({ hours: 24 });
    world.shows(page(9));
    const back = await world.turn();
    expect(back.planned.planned).toEqual([PAGE.id]);
    expect(back.results.map(({ outcome }) => outcome)).toEqual(['revision']);
    expect(back.alerts).toHaveLength(1);
    expect(warnings()).toContain('times of a clock that ran ahead');
    expect(warnings()).toContain(ahead.dueAt);

    const after = await check();
    expect(after.dueAt > world.clock.iso() && after.dueAt < '2022-01-15').toBe(true);
    expect([after.lastCheckedAt, after.lastFullAt]).toEqual([world.clock.iso(), world.clock.iso()]);
    expect((await world.after(1 / 60)).planned.planned).toEqual([]);
    // Captures of its future do not stand in the way of later ones: each is judged once.
    for (const count of [10, 11]) {
      world.shows(page(count));
      const turn = await world.after(25);
      expect(turn.results.map(({ outcome }) => outcome)).toEqual(['revision']);
      expect(turn.alerts).toHaveLength(1);
    }
    expect(await counts()).toEqual([
      ...Array.from({ length: times + 1 }, (_more, index) => first + index),
      ...[9, 10, 11].map((count) => first + count - 4),
    ]);
    expect(await findings()).toEqual([]);
  });

  it('when a page was leased frees it, and the job keeps its name: a stored capture is found', async () => {
    world.clock.advance({ hours: 25 });
    const began = world.clock.iso();
    world.clock.advance({ hours: YEARS_AHEAD });
    await world.plan();
    const [lost] = world.fetchQueue.drain();
    world.clock.set(began);
    expect((await world.plan()).planned).toEqual([PAGE.id]);
    const [job] = world.fetchQueue.drain();
    expect(job?.dueAt).toBe(lost?.dueAt);
    expect((await check()).leasedUntil).toBe(job?.expiresAt);
    expect(warnings()).toContain('"leasedUntil"');
  });

  it('loses no capture that was stored under a name of its future and not judged', async () => {
    const began = world.clock.iso();
    world.clock.advance({ hours: YEARS_AHEAD });
    await world.turn();
    world.shows(page(5));
    world.clock.advance({ hours: 25 });
    await world.plan();
    const [job] = world.fetchQueue.drain();
    if (job === undefined) throw new Error('nothing was due');
    const { fetchPage } = await import('#app/fetch/fetch.ts');
    await fetchPage(world.fetchDeps, job);
    world.ingestQueue.drain();
    world.clock.set(began);
    world.shows(page(6));
    const turn = await world.after(1);
    // Both, in the order of their names: what was seen now comes first.
    expect(turn.results.map(({ outcome }) => outcome)).toEqual(['revision', 'revision']);
    expect(await world.captureIds()).toHaveLength(3);
    expect(await findings()).toEqual([]);
  });

  it('delays no confirmation of a mass change until then', async () => {
    const began = world.clock.iso();
    const other = (noise: string) =>
      chroniclePage(
        reports(14)
          .slice(9)
          .map((text) => `${text} It was seen from the lighthouse as well.`),
        { noise },
      );
    world.shows(other('1'));
    world.clock.advance({ hours: YEARS_AHEAD });
    expect((await world.turn()).results).toMatchObject([{ outcome: 'quarantined', reason: 'mass-change' }]);
    world.clock.set(began);
    // The pause after a bad check begins at the first tick by the right clock.
    expect((await world.plan()).planned).toEqual([]);
    const outcomes: unknown[] = [];
    for (const noise of ['2', '3', '4']) {
      world.shows(other(noise));
      outcomes.push(...(await world.after(25)).results.map(({ outcome }) => outcome));
    }
    expect(outcomes).toEqual(['quarantined', 'revision', 'unchanged']);
  });
});

describe('pages that were put off beyond any pause', () => {
  it('come before the backlog, within the limit of a tick', async () => {
    const spec = (id: string) => ({ ...PAGE, id, url: `https://${id}.example/` });
    world.pages = ['a', 'b', 'c', 'd'].map(spec);
    await world.plan();
    world.fetchQueue.drain();
    for (const id of ['a', 'b', 'c', 'd']) {
      const stored = await store.history.check(id);
      const dueAt = id === 'd' ? '2024-01-01T00:00:00.000Z' : `2022-01-0${id.charCodeAt(0) - 96}T00:00:00.000Z`;
      await store.history.putCheck({ ...newCheck(spec(id), dueAt) }, stored);
    }
    const input = { pages: world.pages, series: [], now: world.clock.iso(), leaseMinutes: 30, bounds: BOUNDS };
    const deps = { history: store.history, fetchQueue: world.fetchQueue, log: world.log };
    expect((await plan(deps, { ...input, limit: 2 })).planned).toEqual(['d', 'a']);
    expect((await plan(deps, { ...input, limit: 2 })).planned).toEqual(['b', 'c']);
    expect((await plan(deps, { ...input, limit: 2 })).planned).toEqual([]);
  });

  it('by pauses that were configured shorter since are checked now as well', async () => {
    const stored = await check();
    const dueAt = new Date(world.clock.now().getTime() + 40 * 24 * 3_600_000).toISOString();
    const summary = { ...stored.summary, period: '2021-01' };
    await store.history.putCheck({ ...stored, dueAt, summary }, stored);
    const input = { pages: world.pages, series: [], now: world.clock.iso(), limit: 9, leaseMinutes: 30 };
    const deps = { history: store.history, fetchQueue: world.fetchQueue, log: world.log };
    const long = { ...BOUNDS, checkClosedAtLeastEvery: 40 * 24 * 60 };
    expect((await plan(deps, { ...input, bounds: long })).planned).toEqual([]);
    expect((await plan(deps, { ...input, bounds: BOUNDS })).planned).toEqual([PAGE.id]);
  });

  it('are left by a planner that slept since its tick began: they are newer than its time', async () => {
    const input = {
      pages: world.pages,
      series: [],
      now: world.clock.iso(),
      limit: 9,
      leaseMinutes: 30,
      bounds: BOUNDS,
    };
    const deps = { history: store.history, fetchQueue: world.fetchQueue, log: world.log };
    await world.after(25);
    const stored = await check();
    expect((await plan({ ...deps, clock: world.clock.now }, input)).planned).toEqual([]);
    expect(await check()).toEqual(stored);
    await plan({ ...deps, clock: () => new Date(input.now) }, input);
    expect((await check()).lastCheckedAt).toBeNull();
  });

  it('are left while a worker has them: its check is about to replace the times', async () => {
    world.clock.advance({ hours: 25 });
    await world.plan();
    const stored = await check();
    const ahead = new Date(world.clock.now().getTime() + 9 * 3_600_000).toISOString();
    await store.history.putCheck({ ...stored, lastCheckedAt: ahead }, stored);
    expect((await world.plan()).planned).toEqual([]);
    expect((await check()).lastCheckedAt).toBe(ahead);
    world.clock.advance({ minutes: 31 });
    expect((await world.plan()).planned).toEqual([PAGE.id]);
    expect((await check()).lastCheckedAt).toBeNull();
  });
});

describe('a clock that was hours ahead', () => {
  /** A check in its future; then the clock is right again. Returns the pause of that check, hours. */
  async function checkedAhead(hours: number, count: number): Promise<number> {
    world.clock.advance({ hours: 25 });
    const began = world.clock.iso();
    world.clock.advance({ hours });
    world.shows(page(count));
    await world.turn();
    const { dueAt, lastCheckedAt } = await check();
    world.clock.set(began);
    return (Date.parse(dueAt) - Date.parse(lastCheckedAt ?? '')) / 3_600_000;
  }

  it.each([1, 6, 20])('delays a page by no more than the pause of its check: %i hours', async (hours) => {
    const pause = await checkedAhead(hours, 5);
    expect(pause).toBeLessThan(0.6);
    expect((await world.plan()).planned).toEqual([]);
    expect(warnings()).toContain('times of a clock that ran ahead');
    // The next tick has nothing to correct any more.
    const corrected = await check();
    expect((await world.plan()).planned).toEqual([]);
    expect(await check()).toEqual(corrected);
    world.shows(page(6));
    const turn = await world.after(pause);
    expect(turn.results.map(({ outcome }) => outcome)).toEqual(['revision']);
  });

  it('makes no page be asked before its backoff is over', async () => {
    for (let failed = 0; failed < 3; failed += 1) {
      world.site.say(PAGE.url, { failure: 'timeout' });
      await world.tomorrow();
    }
    const began = world.clock.iso();
    world.clock.advance({ hours: 40 });
    await world.turn();
    const { dueAt, lastCheckedAt } = await check();
    const pause = (Date.parse(dueAt) - Date.parse(lastCheckedAt ?? '')) / 3_600_000;
    expect(pause).toBeGreaterThan(3.9);
    world.clock.set(began);
    expect((await world.plan()).planned).toEqual([]);
    expect((await world.after(3.9)).planned.planned).toEqual([]);
    expect((await world.after(pause - 3.9)).planned.planned).toEqual([PAGE.id]);
  });

  it.each([6, 30])('loses and refuses no capture that comes after it, earlier by its time: %i hours', async (hours) => {
    const [first = 0] = await counts();
    await checkedAhead(hours, 5);
    const ahead = await store.history.head(PAGE.id);
    await world.plan();
    for (const count of [6, 7, 8]) {
      world.shows(page(count));
      const turn = await world.after(1);
      expect(
        turn.results.map(({ outcome }) => outcome),
        `${count}`,
      ).toEqual(['revision']);
      expect(turn.alerts).toHaveLength(1);
    }
    // Numbers follow the order of judging, whatever the times are; the newest is what was seen last.
    expect(await counts()).toEqual([first, ...[5, 6, 7, 8].map((count) => first + count - 4)]);
    const head = await store.history.head(PAGE.id);
    expect((ahead?.observedAt ?? '') > (head?.observedAt ?? '')).toBe(true);
    expect((await check()).summary.observedAt).toBe(head?.observedAt);
    expect(await findings()).toEqual([]);

    // Past the future that the clock was in, all goes on.
    for (const count of [9, 10]) {
      world.shows(page(count));
      expect((await world.after(26)).results.map(({ outcome }) => outcome)).toEqual(['revision']);
    }
    expect(await findings()).toEqual([]);
  });

  it('misleads questions "as of" a time before the right clock reached its time, until a rebuild puts captures in order', async () => {
    await checkedAhead(6, 5);
    await world.plan();
    const times: string[] = [];
    for (const count of [6, 7]) {
      world.shows(page(count));
      await world.after(1);
      times.push(world.clock.iso());
    }
    const numberAt = async ({ history, objects }: Pick<Store, 'history' | 'objects'>, asOf: string) =>
      (await createReader({ history, objects, now: world.clock.iso }).find(PAGE.id, { asOf })).record.paragraphs;
    const [first = 0] = await counts();
    const between = new Date(Date.parse(times[0] ?? '') + 60_000).toISOString();
    expect(await numberAt(store, times[1] ?? '')).toBe(first + 3);
    // The revision of the future hides those of the hours before it from a search by time.
    expect(await numberAt(store, between)).toBe(first);

    const rebuilt = new Watched(store.objects);
    const deps = { source: store.objects, objects: store.objects, history: rebuilt.history, parser: '1', inUse: false };
    for await (const _ of rebuild({ ...deps, now: world.clock.now }, new Map([[PAGE.id, PAGE]])));
    expect(await numberAt(rebuilt, between)).toBe(first + 2);
  });
});
