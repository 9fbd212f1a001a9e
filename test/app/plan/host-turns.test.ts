import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { fetchPage } from '#app/fetch/fetch.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { HOST_BYTES } from '#app/plan/calls.ts';
import { plan } from '#app/plan/plan.ts';
import { CALL_MINUTES, LEASE_MINUTES, tickOf } from '#app/plan/tick.ts';
import type { FetchJob, HistoryStore } from '#app/ports.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { ConfiguredWorld, memoryStore } from '../configured-world.ts';

const many = (count: number, host: string) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${host}-${index}`,
    url: `https://${host}.example/${index}.htm`,
  }));

let world: ConfiguredWorld;
beforeEach(() => {
  world = new ConfiguredWorld({ pages: [...many(3, 'a'), ...many(2, 'b')] });
  for (const { url } of world.config.pages) world.serves(url, chroniclePage(REPORTS.slice(0, 4)));
});

/** A tick as it is deployed: the jobs that it hands out. */
async function tick(history: HistoryStore = world.store.history): Promise<FetchJob[]> {
  const jobs: FetchJob[] = [];
  const fetchQueue = { send: async (job: FetchJob) => void jobs.push(job) };
  await plan({ history, fetchQueue, log: world.log }, tickOf(world.config, world.clock.now()));
  return jobs;
}
const idsOf = (jobs: readonly FetchJob[]) => jobs.map(({ page }) => page.id).sort();

async function done(job: FetchJob, hostFreeAt?: string): Promise<void> {
  const seen = await fetchPage(world.fetchDeps, job);
  if (seen === null) throw new Error('the job had expired');
  await ingest(world.ingestDeps, hostFreeAt === undefined ? seen : { ...seen, hostFreeAt });
}

/** Makes pages due now, whenever their next check was to be. */
async function due(...ids: string[]): Promise<void> {
  for (const id of ids) {
    const check = await world.check(id);
    await world.store.history.putCheck({ ...check, dueAt: world.clock.iso() }, check);
  }
}

describe('a host belongs to one call', () => {
  it('until all of its pages are done, or the call is over', async () => {
    const first = await tick();
    for (const job of first.filter(({ page }) => page.id !== 'a-2')) await done(job);
    world.clock.advance({ minutes: 5 });
    await due('a-0', 'a-1', 'b-0');
    expect(idsOf(await tick())).toEqual(['b-0']);
    world.clock.advance({ minutes: CALL_MINUTES - 5 });
    expect(idsOf(await tick())).toEqual(['a-0', 'a-1']);
  });

  it('and its jobs end with it, before the host may be handed out again', async () => {
    const [job] = await tick();
    world.clock.advance({ minutes: CALL_MINUTES });
    expect(job?.expiresAt).toBe(world.clock.iso());
    expect(await fetchPage(world.fetchDeps, job as FetchJob)).toBeNull();
  });

  it('whose page is planned again once its lease is over, under the same name', async () => {
    const [job] = await tick();
    world.clock.advance({ minutes: LEASE_MINUTES - 1 });
    expect(await tick()).toEqual([]);
    world.clock.advance({ minutes: 1 });
    expect((await tick()).map(({ dueAt }) => dueAt)).toContain(job?.dueAt);
  });

  it('and a page that is never done holds it no longer than one call', async () => {
    const [poisoned] = await tick();
    if (poisoned === undefined) throw new Error('no job');
    world.clock.advance({ minutes: 15 });
    const host = new URL(poisoned.page.url).host.slice(0, 1);
    const other = `${host}-1`;
    const check = await world.check(other);
    await world.store.history.putCheck({ ...check, leasedUntil: null, dueAt: world.clock.iso() }, check);
    expect(idsOf(await tick())).toEqual([other]);
  });

  it('however two ticks that run at the same time interleave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 0, max: 3 }), async (scheduler, minutes) => {
        world = new ConfiguredWorld({ pages: [...many(3, 'a'), ...many(2, 'b'), ...many(1, 'c')] }, memoryStore());
        for (const job of await tick()) await done(job);
        world.clock.advance({ hours: 30, minutes });
        const slow = (history: HistoryStore): HistoryStore => ({
          ...history,
          checks: async () => scheduler.schedule(Promise.resolve()).then(() => history.checks()),
          due: async (now, limit) => scheduler.schedule(Promise.resolve()).then(() => history.due(now, limit)),
          putCheck: async (next, expected) =>
            scheduler.schedule(Promise.resolve()).then(() => history.putCheck(next, expected)),
        });
        const ticks = [tick(slow(world.store.history)), tick(slow(world.store.history))];
        await scheduler.waitFor(Promise.all(ticks));
        const [one = [], two = []] = await Promise.all(ticks);
        const hosts = (jobs: readonly FetchJob[]) => new Set(jobs.map(({ page }) => new URL(page.url).host));
        expect([...hosts(one)].filter((host) => hosts(two).has(host))).toEqual([]);
        // Nothing is handed out twice, and no host is left to nobody.
        expect(new Set([...hosts(one), ...hosts(two)]).size).toBe(3);
      }),
      { numRuns: 60 },
    );
  });

  it('also where another tick takes a page shortly before its time, after this one has read the checks', async () => {
    for (const job of await tick()) await done(job);
    const own = await Promise.all(['a-0', 'a-1', 'a-2'].map((id) => world.check(id)));
    const last = own.sort((one, other) => one.dueAt.localeCompare(other.dueAt)).at(-1);
    if (last === undefined) throw new Error('no checks');
    world.clock.set(new Date(Date.parse(last.dueAt) - 60_000).toISOString());
    const { history } = world.store;
    const leasedUntil = new Date(world.clock.now().getTime() + LEASE_MINUTES * 60_000).toISOString();
    const jobs = await tick({
      ...history,
      due: async (now, limit) => {
        await history.putCheck({ ...last, leasedUntil }, last);
        return history.due(now, limit);
      },
    });
    expect(idsOf(jobs)).toEqual(['b-0', 'b-1']);
  });

  it('and a call takes no more of its pages than one event can carry', async () => {
    const path = 'x'.repeat(1_800);
    const pages = Array.from({ length: 150 }, (_, at) => ({ id: `a-${at}`, url: `https://a.example/${path}${at}` }));
    world.configure({ pages });
    const jobs = await tick();
    expect(jobs.length).toBeGreaterThan(80);
    expect(jobs.length).toBeLessThan(150);
    expect(Buffer.byteLength(JSON.stringify(jobs))).toBeLessThanOrEqual(HOST_BYTES);
    // The rest was not leased, and comes with the next call.
    for (const job of jobs) await done(job);
    world.clock.advance({ minutes: 1 });
    expect((await tick()).length).toBe(150 - jobs.length);
  });
});

describe('a page goes with the tick that is nearest to its time', () => {
  it('so that every 15 minutes is 15, however long the fetch takes', async () => {
    const every = { planEvery: 15, checkAtMostEvery: 15, checkAtLeastEvery: 15, checkClosedAtLeastEvery: 15 };
    world.configure({ pages: many(1, 'a'), schedule: every });
    const start = world.clock.now().getTime();
    for (let ticks = 0; ticks < 20; ticks += 1) {
      world.clock.set(new Date(start + ticks * 15 * 60_000).toISOString());
      const [job, ...more] = await tick();
      expect([ticks, more.length, job?.page.id]).toEqual([ticks, 0, 'a-0']);
      world.clock.advance({ milliseconds: (ticks % 7) * 20_000 });
      await done(job as FetchJob);
    }
  });

  it('but never before a time that the server named', async () => {
    for (const job of await tick()) await done(job);
    const check = await world.check('a-0');
    const dueAt = new Date(Date.parse(check.lastCheckedAt ?? '') + 3 * 86_400_000).toISOString();
    await world.store.history.putCheck({ ...check, dueAt }, check);
    world.clock.set(new Date(Date.parse(dueAt) - 60_000).toISOString());
    expect(idsOf(await tick())).not.toContain('a-0');
  });
});

describe('a host that is to be left alone', () => {
  it.each([
    ['a gap', 20],
    ['a Crawl-delay', 120],
    ['a Retry-After', 1_200],
  ])('for %s is not asked for another page before, whichever instance asks', async (_, seconds) => {
    const freeAt = new Date(world.clock.now().getTime() + seconds * 1_000).toISOString();
    for (const job of await tick()) await done(job, job.page.id === 'a-1' ? freeAt : undefined);
    world.clock.advance({ milliseconds: seconds * 1_000 - 1 });
    await due('a-0', 'b-0');
    expect(idsOf(await tick())).toEqual(['b-0']);
    world.clock.advance({ milliseconds: 1 });
    expect(idsOf(await tick())).toEqual(['a-0']);
  });

  it.each([
    ['a Crawl-delay of 30 seconds', 37.5, Math.floor((CALL_MINUTES * 60) / 38.5)],
    ['a Crawl-delay of an hour', 3_600, 1],
  ])('for %s between two requests is handed no more pages than its call can ask for', async (_, seconds, most) => {
    world.configure({ pages: [...many(60, 'a'), ...many(60, 'b')] });
    for (const { url } of world.config.pages) world.serves(url, chroniclePage(REPORTS.slice(0, 4)));
    const freeAt = (job: FetchJob) =>
      (job.page.id.startsWith('a') ? seconds : 2.5) * 1_000 + world.clock.now().getTime();
    for (const job of await tick()) await done(job, new Date(freeAt(job)).toISOString());
    world.clock.advance({ hours: 30 });
    const of = (host: string, jobs: readonly FetchJob[]) => jobs.filter(({ page }) => page.id.startsWith(host)).length;
    const next = await tick();
    expect([of('a', next), of('b', next)]).toEqual([most, 60]);
  });

  it('for a Retry-After once is handed as many pages as before when that is over', async () => {
    for (const job of await tick()) {
      const seconds = job.page.id === 'a-1' ? 7_200 : 2.5;
      await done(job, new Date(world.clock.now().getTime() + seconds * 1_000).toISOString());
    }
    world.clock.advance({ hours: 30 });
    expect(idsOf(await tick())).toEqual(['a-0', 'a-1', 'a-2', 'b-0', 'b-1']);
  });

  it('is asked again when a later check says nothing of it', async () => {
    const freeAt = new Date(world.clock.now().getTime() + 60_000).toISOString();
    for (const job of await tick()) await done(job, freeAt);
    expect((await world.check('a-0')).hostFreeAt).toBe(freeAt);
    world.clock.advance({ hours: 30 });
    for (const job of await tick()) await done(job);
    expect(await world.check('a-0')).not.toHaveProperty('hostFreeAt');
  });

  it('is believed for a day at most, and never on the word of a clock that ran ahead', async () => {
    for (const job of await tick()) await done(job);
    const now = world.clock.now().getTime();
    for (const [hours, lastCheckedHours] of [
      [40, 0],
      [20, 12],
    ] as const) {
      const check = await world.check('a-1');
      const at = (ahead: number) => new Date(now + ahead * 3_600_000).toISOString();
      await world.store.history.putCheck(
        { ...check, hostFreeAt: at(hours), lastCheckedAt: at(lastCheckedHours), dueAt: at(1) },
        check,
      );
      await due('a-0');
      expect(idsOf(await tick())).toContain('a-0');
      const leased = await world.check('a-0');
      await world.store.history.putCheck({ ...leased, leasedUntil: null }, leased);
    }
  });
});
