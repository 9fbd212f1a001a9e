import { beforeAll, describe, expect, it } from 'vitest';
import { LEASE_MINUTES } from '#app/plan/tick.ts';
import { AT_LEAST_EVERY, HOSTS, type HostsRun, PAGES, PLAN_EVERY, runHosts } from './hosts.ts';
import type { Fault, Point } from './world/faults.ts';

const FAULTS: readonly Fault[] = ['dies-before', 'dies-after', 'fails'];
/** A page waits for its longest pause, a lease that nobody answers, and the ticks after both. */
const LONGEST_MS = (AT_LEAST_EVERY + LEASE_MINUTES + 2 * PLAN_EVERY) * 60_000;

let undisturbed: HostsRun;
beforeAll(async () => {
  undisturbed = await runHosts(null);
});

/** What is forbidden whatever goes wrong, a line each. */
async function broken(run: HostsRun): Promise<string[]> {
  const faults = run.unexpected.map((end) => `a worker ended with ${String(end)}`);
  for (const { name, tooEarly, most } of run.hosts) {
    if (tooEarly > 0) faults.push(`${name} was asked ${tooEarly} times before its gap or its Retry-After was over`);
    if (most > 1) faults.push(`${name} was asked twice at once`);
    const turns = (run.askedBy.get(name) ?? []).filter((call, at, all) => call !== all[at - 1]);
    if (new Set(turns).size < turns.length) faults.push(`${name} was asked by two calls in turn`);
  }
  for (const { page, lastCheckedAt, leasedUntil } of await run.history.checks()) {
    const waits = run.endedAt - Date.parse(lastCheckedAt ?? '');
    if (!(waits <= LONGEST_MS))
      faults.push(`${page.id} is lost: last looked at ${lastCheckedAt}, leased ${leasedUntil}`);
  }
  return faults;
}

/** The first call of each name and one in the midst of all, each with one of the faults: the same ones in every run. */
function points(calls: readonly string[]): Point[] {
  return [...new Set(calls)].flatMap((call, at) => {
    const made = calls.filter((one) => one === call).length;
    return [...new Set([0, Math.floor(made / 2)])].map((nth, which): Point => {
      const fault = FAULTS[(at + which) % FAULTS.length] ?? 'fails';
      return { level: 'port', call, nth, index: calls.indexOf(call), fault };
    });
  });
}

describe('ten hosts that calls of fetch hold', () => {
  it('are each asked by one call at a time, at their own pace, and no page is lost', async () => {
    expect(await broken(undisturbed)).toEqual([]);
    expect((await undisturbed.history.checks()).length).toBe(PAGES);
    for (const asked of undisturbed.askedBy.values()) expect(new Set(asked).size).toBeGreaterThan(2);
  });

  it('wherever one of the calls of plan, fetch and ingest fails or dies', { timeout: 180_000 }, async () => {
    const tried = points(undisturbed.calls);
    for (const name of [
      'plan history.putCheck',
      'plan fetchQueue.send',
      'fetch fetcher.fetch',
      'ingest history.putCheck',
    ])
      expect(tried.map(({ call }) => call)).toContain(name);
    for (const point of tried) {
      const run = await runHosts(point);
      expect([point, await broken(run)]).toEqual([point, []]);
    }
  });

  it('of which a host that two calls have is found', async () => {
    const [first] = undisturbed.hosts;
    const askedBy = new Map([[first?.name ?? '', [1, 1, 2, 1]]]);
    expect(await broken({ ...undisturbed, askedBy })).toEqual([expect.stringContaining('two calls in turn')]);
    expect(undisturbed.hosts).toHaveLength(HOSTS);
  });
});
