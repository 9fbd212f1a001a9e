import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryHistory } from '../support/memory-history.ts';
import { createMemoryObjects } from '../support/memory-objects.ts';
import { type Simulated, simulate } from '../support/simulated-day.ts';
import { hoursBetween } from '../support/simulated-hosts.ts';

const HOSTS = 6;
const PAGES = 60;
const HOURS = 8;
const OUTAGE = { from: 4, to: 6 };

/** Real servers, the real fetcher, real use cases; only time is simulated. `bench/schedule` does it with 1,000 pages. */
describe(`${PAGES} pages over ${HOSTS} hosts for ${HOURS} hours, no tick coming for two of them`, () => {
  const history = createMemoryHistory();
  let day: Simulated;
  beforeAll(async () => {
    day = await simulate({
      hosts: HOSTS,
      pages: PAGES,
      hours: HOURS,
      store: { history, objects: createMemoryObjects() },
      outage: OUTAGE,
    });
  });

  it('never asks a host twice at once, though two jobs of it are under way', () => {
    expect(day.hosts.map((host) => host.most)).toEqual(Array(HOSTS).fill(1));
  });

  it('leaves the gap between two requests to a host', () => {
    for (const host of day.hosts) expect(host.shortestGap).toBeGreaterThanOrEqual(day.minGapMs);
  });

  it('checks every page within its bound: the tick after it is due, at the pace of its host', () => {
    expect(day.unseen).toBe(0);
    expect(day.expired).toBe(0);
    const queueing = (PAGES / HOSTS) * (day.minGapMs * 1.25 + 1_000);
    const bound = day.planEvery + queueing / 60_000;
    expect(day.firstLateness.at(-1)).toBeLessThanOrEqual(bound);
    expect(day.lateness.at(-1)).toBeLessThanOrEqual(bound);
    expect(day.longestPause).toBeLessThanOrEqual(day.checkAtLeastEvery + bound);
  });

  it('catches up after the outage without a burst: no page is requested twice', () => {
    expect(day.mostJobs).toBeLessThanOrEqual(PAGES);
    expect(day.ticks).toBe(((HOURS - (OUTAGE.to - OUTAGE.from)) * 60) / day.planEvery);
    // Half an hour is the shortest pause.
    expect(day.checks).toBeLessThanOrEqual(PAGES * 2 * (HOURS - 2));
    expect(day.checks).toBeGreaterThan(PAGES * 4);
  });

  it('detects every page with an addition, and no other', async () => {
    for (let page = 0; page < PAGES; page += 1) {
      const revision = (await history.head(`page-${page}`))?.revision ?? 0;
      if (hoursBetween(page) === Number.POSITIVE_INFINITY) expect(revision).toBe(1);
      else if (hoursBetween(page) <= 3) expect(revision).toBeGreaterThanOrEqual(3);
    }
    expect(day.alerts).toBe(day.revisions - PAGES);
  });

  it('obeys a host that refuses requests, and keeps its pages healthy', async () => {
    const refused = day.hosts.reduce((sum, host) => sum + host.refused, 0);
    expect(refused).toBeGreaterThan(0);
    expect(day.quarantined).toBe(refused);
  });
});
