import { composeFetcher } from '#adapters/http/compose.ts';
import { fetchPage } from '#app/fetch/fetch.ts';
import { configureIngest } from '#app/ingest/configure.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { plan } from '#app/plan/plan.ts';
import type { FetchJob, HistoryStore, ObjectStore } from '#app/ports.ts';
import { parseConfig } from '#core/config.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { tickBudget } from '#core/schedule/share.ts';
import { type HostRecord, START, startHosts } from './simulated-hosts.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface SimulationOptions {
  readonly hosts: number;
  readonly pages: number;
  readonly hours: number;
  readonly store: { readonly history: HistoryStore; readonly objects: ObjectStore };
  /** Hours during which no tick comes: what was missed is caught up afterwards. */
  readonly outage?: { readonly from: number; readonly to: number };
  /** Called after each simulated hour. */
  readonly onHour?: (hour: number) => void;
}

export interface Simulated {
  readonly hosts: readonly HostRecord[];
  readonly ticks: number;
  /** Most jobs that one tick sent, and the most that one may send. */
  readonly mostJobs: number;
  readonly limit: number;
  readonly checks: number;
  readonly revisions: number;
  readonly alerts: number;
  readonly quarantined: number;
  readonly expired: number;
  /** Minutes between falling due (or the end of the outage) and the look, sorted: of first looks, and of all others. */
  readonly firstLateness: readonly number[];
  readonly lateness: readonly number[];
  /** Longest time between two looks at a page, minutes, the outage left out. */
  readonly longestPause: number;
  /** Pages that were never looked at. */
  readonly unseen: number;
  readonly minGapMs: number;
  readonly planEvery: number;
  readonly checkAtLeastEvery: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Jobs of one host that are under way at the same time: more than one, so that it is the fetcher that keeps them apart. */
const WORKERS = 2;

/** Runs the real use cases, fetcher and servers through simulated hours. */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const clock = new VirtualClock(new Date(START).toISOString());
  const hosts = await startHosts(options.hosts, clock);
  const config = parseConfig({
    pages: Array.from({ length: options.pages }, (_, page) => ({
      id: `page-${page}`,
      url: hosts.url(page % options.hosts, page),
    })),
    schedule: { planEvery: 15, checkAtMostEvery: 30, checkAtLeastEvery: 360, checkClosedAtLeastEvery: 360 },
    fetch: { minGapSeconds: 2, ports: [hosts.port], allowLoopback: true, contact: 'bench@example.org' },
  });
  const { history, objects } = options.store;
  let alerts = 0;
  const notifier = {
    send: async () => {
      alerts += 1;
    },
  };
  const log = { info: () => {}, warn: () => {} };
  const timing = { now: clock.now, sleep: clock.sleep, random: seeded(7) };
  const fetcher = composeFetcher(config, log, timing);
  const deps = { ...configureIngest(config, options.store, log), parser: '1' };
  const fetchDeps = { fetcher, objects, ingestQueue: { send: async () => {} }, log, now: clock.date };
  const notifyDeps = {
    history,
    channels: { mail: notifier },
    rules: config.alerts.rules,
    readerUrl: null,
    log,
    now: clock.date,
  };
  const budget = tickBudget(config, config.pages.length);
  const outage = options.outage ?? { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const [outageFrom, outageTo] = [START + outage.from * HOUR, START + outage.to * HOUR];

  const seen = new Map<string, number>();
  const tally = { ticks: 0, mostJobs: 0, checks: 0, revisions: 0, quarantined: 0, expired: 0, longestPause: 0 };
  const [firstLateness, lateness]: [number[], number[]] = [[], []];
  const queues = new Map<string, FetchJob[]>();
  const workers = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  const check = async (job: FetchJob) => {
    const askedAt = clock.now();
    const observation = await fetchPage(fetchDeps, job);
    if (observation === null) {
      tally.expired += 1;
      return;
    }
    const { id } = job.page;
    const last = seen.get(id);
    // What fell due after the last tick before the outage had to wait for the first one after it.
    const due = Date.parse(job.dueAt);
    const ready = due > outageFrom - config.schedule.planEvery * MINUTE && due < outageTo ? outageTo : due;
    (last === undefined ? firstLateness : lateness).push((askedAt - ready) / MINUTE);
    if (last !== undefined) {
      const lost = last < outageTo && askedAt > outageFrom ? outageTo - Math.max(last, outageFrom) : 0;
      tally.longestPause = Math.max(tally.longestPause, (askedAt - last - lost) / MINUTE);
    }
    seen.set(id, askedAt);
    tally.checks += 1;
    for (const result of await ingest(deps, observation)) {
      if (result.revision !== null) tally.revisions += 1;
      if (result.outcome === 'quarantined') tally.quarantined += 1;
    }
    await notifyPage(notifyDeps, id);
  };
  const startWorkers = (host: string) => {
    const queue = queues.get(host) ?? [];
    while ((workers.get(host) ?? 0) < WORKERS && queue.length > 0) {
      workers.set(host, (workers.get(host) ?? 0) + 1);
      const worker = clock.work(host, async () => {
        for (let job = queue.shift(); job !== undefined; job = queue.shift()) await check(job);
        workers.set(host, (workers.get(host) ?? 0) - 1);
      });
      running.add(worker);
      void worker.catch((error: unknown) => void failures.push(error)).finally(() => running.delete(worker));
    }
  };
  const fetchQueue = {
    send: async (job: FetchJob) => {
      const host = new URL(job.page.url).hostname;
      queues.set(host, [...(queues.get(host) ?? []), job]);
    },
  };

  try {
    for (let minutes = 0; minutes < options.hours * 60; minutes += config.schedule.planEvery) {
      await clock.runUntil(START + minutes * MINUTE);
      if (failures.length > 0) throw failures[0];
      if (minutes % 60 === 0) options.onHour?.(minutes / 60);
      if (clock.now() >= outageFrom && clock.now() < outageTo) continue;
      const input = {
        pages: configuredPages(config, clock.date()),
        series: config.series,
        now: clock.date().toISOString(),
      };
      const { planned } = await plan(
        { history, fetchQueue, log },
        { ...input, ...budget, leaseMinutes: 30, bounds: config.schedule },
      );
      tally.ticks += 1;
      tally.mostJobs = Math.max(tally.mostJobs, planned.length);
      for (const host of queues.keys()) startWorkers(host);
    }
    await clock.runUntil(START + options.hours * HOUR);
    options.onHour?.(options.hours);
    for (const queue of queues.values()) queue.length = 0;
    while (running.size > 0) {
      await clock.runUntil(clock.now() + MINUTE);
      await Promise.race([...running, new Promise((done) => setImmediate(done))]);
    }
    if (failures.length > 0) throw failures[0];
  } finally {
    await fetcher.close();
    await hosts.close();
  }
  return {
    ...tally,
    hosts: hosts.records,
    limit: budget.limit,
    alerts,
    firstLateness: sorted(firstLateness),
    lateness: sorted(lateness),
    unseen: config.pages.length - seen.size,
    minGapMs: config.fetch.minGapSeconds * 1_000,
    planEvery: config.schedule.planEvery,
    checkAtLeastEvery: config.schedule.checkAtLeastEvery,
  };
}

function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** Numbers in [0, 1) that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
