import { FETCH_WAIT_MS } from '../../src/adapters/aws/compose.ts';
import { composeFetcher } from '../../src/adapters/http/compose.ts';
import { JobsFailedError } from '../../src/app/errors.ts';
import { fetchCall, type IngestCall } from '../../src/app/fetch/fetch-call.ts';
import type { PageFetcher } from '../../src/app/fetch/page-fetcher.ts';
import { configureIngest } from '../../src/app/ingest/configure.ts';
import { ingest } from '../../src/app/ingest/ingest.ts';
import { type FetchCall, FetchCalls } from '../../src/app/plan/calls.ts';
import { plan } from '../../src/app/plan/plan.ts';
import { tickOf } from '../../src/app/plan/tick.ts';
import type { Log } from '../../src/app/ports.ts';
import { parseConfig } from '../../src/core/config.ts';
import { SECONDS } from '../cost/bill.ts';
import { EventClock, seeded } from './clock.ts';
import { Account, LambdaFunction, type Life, type Ran } from './lambda.ts';
import { PageTimes } from './page-times.ts';
import { seed } from './seed.ts';
import { type CheckTally, createWideHistory, createWideObjects } from './store.ts';
import { type Host, World } from './world.ts';

export interface DayOptions {
  readonly pages: number;
  readonly hosts: number;
  readonly hours: number;
  readonly seed: number;
  /** Calls of all functions that may run at once: 10 in a new account. */
  readonly concurrency: number;
  /** Longest pause between two checks of a page, minutes. */
  readonly atLeastEvery: number;
  /** Memory of the functions, GB. */
  readonly memory: Readonly<Record<'plan' | 'fetch' | 'ingest', number>>;
  readonly onHour?: (hour: number) => void;
}

/** What a simulated day was seen to be. */
export interface Day {
  readonly options: DayOptions;
  readonly hosts: readonly Host[];
  readonly times: PageTimes;
  readonly functions: Readonly<Record<'plan' | 'fetch' | 'ingest', Ran>>;
  readonly mostAtOnce: number;
  readonly checks: CheckTally;
  readonly ticks: number;
  readonly mostJobs: number;
  /** Largest event of an asynchronous call, bytes. */
  readonly largestEvent: number;
  readonly changes: number;
  /** Captures that were refused: blocks and errors. */
  readonly quarantined: number;
  /** Checks without an answer. */
  readonly failed: number;
  /** Jobs for which the host was not asked, for it wanted to be left alone. */
  readonly postponed: number;
  /** Jobs that their call came to too late. */
  readonly expired: number;
}

const MINUTE = 60_000;
export const START = Date.parse('2022-01-12T00:00:00.000Z');
export const PLAN_EVERY = 15;
/** Calls of AWS as they are assumed, milliseconds: one write, a query answer of 1 MB, the start of a call. */
const AWS_MS = { write: 8, answer: 60, invoke: 30 };
const CHECK_BYTES = 1_000;
const MB = 1_000_000;

/** Runs `plan`, `fetchCall` and `ingest` as calls of functions through simulated hours. Nothing sleeps, nothing is sent. */
export async function simulateDay(options: DayOptions): Promise<Day> {
  const clock = new EventClock(START);
  const world = new World(clock, { ...options, minGapMs: 2_000, start: START });
  const config = parseConfig({
    pages: world.hosts.flatMap(({ name, pages }) => pages.map((id) => ({ id, url: `https://${name}/${id}` }))),
    schedule: {
      planEvery: PLAN_EVERY,
      checkAtMostEvery: 30,
      checkAtLeastEvery: options.atLeastEvery,
      checkClosedAtLeastEvery: options.atLeastEvery,
    },
    fetch: { minGapSeconds: 2, contact: 'bench@example.org' },
  });
  const { history, tally: checks } = createWideHistory();
  const objects = createWideObjects();
  const random = seeded(options.seed + 1);
  const times = new PageTimes();
  await seed(history, config, START, random, times);
  const tally = { ticks: 0, mostJobs: 0, largestEvent: 0, changes: 0, quarantined: 0, failed: 0, postponed: 0 };
  const messages = new Map<string, number>();
  const count = (message: string) => void messages.set(message, (messages.get(message) ?? 0) + 1);
  const log: Log = { info: count, warn: count };
  const account = new Account(clock, options.concurrency);
  const hour = 60 * MINUTE;

  const ingestFunction = new LambdaFunction<IngestCall>(account, {
    name: 'ingest',
    memoryGb: options.memory.ingest,
    timeoutMs: 2 * MINUTE,
    retries: 2,
    maxAgeMs: 6 * hour,
    start: (life) => async (call) => {
      const deps = { ...configureIngest(config, { history, objects }, log), parser: '1' };
      const failures: unknown[] = [];
      for (const observation of call.observations) {
        let seconds = SECONDS.unchanged;
        try {
          for (const { revision, outcome } of await ingest(deps, observation)) {
            if (revision !== null) tally.changes += 1;
            if (outcome === 'quarantined') tally.quarantined += 1;
            if (outcome === 'failed') tally.failed += 1;
            if (revision !== null || outcome === 'quarantined') seconds = SECONDS.changed;
          }
        } catch (error) {
          failures.push(error);
        }
        await life.sleep(seconds * 1_000);
      }
      if (failures.length > 0) throw failures[0];
    },
  });

  const fetchFunction = new LambdaFunction<FetchCall>(account, {
    name: 'fetch',
    memoryGb: options.memory.fetch,
    timeoutMs: 15 * MINUTE,
    retries: 0,
    maxAgeMs: 15 * MINUTE,
    start: (life) => {
      const fetcher = watchedFetcher(life);
      const ingestQueue = queueTo(life, ingestFunction);
      return async ({ jobs }) => {
        const failed = await fetchCall({ fetcher, objects, ingestQueue, log, now: clock.date }, jobs);
        if (failed > 0) throw new JobsFailedError(failed, jobs.length);
      };
    },
  });

  const planFunction = new LambdaFunction<null>(account, {
    name: 'plan',
    memoryGb: options.memory.plan,
    timeoutMs: 2 * MINUTE,
    retries: 2,
    maxAgeMs: PLAN_EVERY * MINUTE,
    start: (life) => async () => {
      const slow = {
        ...history,
        async checks() {
          const all = await history.checks();
          await life.sleep(
            all.length * SECONDS.listed * 1_000 + Math.ceil((all.length * CHECK_BYTES) / MB) * AWS_MS.answer,
          );
          return all;
        },
        async due(now: string, limit: number) {
          const due = await history.due(now, limit);
          await life.sleep(Math.ceil((due.length * CHECK_BYTES) / MB) * AWS_MS.answer);
          return due;
        },
        async putCheck(...[next, expected]: Parameters<typeof history.putCheck>) {
          await life.sleep(AWS_MS.write);
          await history.putCheck(next, expected);
        },
        series: history.series,
        putSeries: history.putSeries,
      };
      const calls = new FetchCalls(queueTo(life, fetchFunction));
      try {
        const input = tickOf(config, clock.date());
        const { planned } = await plan({ history: slow, fetchQueue: calls, log, clock: clock.date }, input);
        tally.mostJobs = Math.max(tally.mostJobs, planned.length);
      } finally {
        await calls.handOver();
      }
    },
  });

  /** The real fetcher of one process, whose requests the world answers. */
  function watchedFetcher(life: Life): PageFetcher {
    const timing = { now: clock.now, sleep: life.sleep, random, ask: world.ask as never };
    const real = composeFetcher(config, log, { maxWaitMs: FETCH_WAIT_MS, ...timing });
    return {
      async fetch(request) {
        const outcome = await real.fetch(request);
        if (life.isOver) await new Promise(() => {});
        if (outcome.kind === 'failure' && outcome.reason === 'postponed') tally.postponed += 1;
        else times.saw(new URL(request.url).pathname.slice(1), clock.now());
        return outcome;
      },
      hostFreeAt: (url) => real.hostFreeAt?.(url) ?? null,
      close: () => real.close(),
    };
  }

  function queueTo<T>(life: Life, target: LambdaFunction<T>) {
    return {
      async send(message: T) {
        const payload = JSON.stringify(message);
        tally.largestEvent = Math.max(tally.largestEvent, Buffer.byteLength(payload));
        await life.sleep(AWS_MS.invoke);
        target.invoke(JSON.parse(payload) as T);
      },
    };
  }

  for (let minutes = 0; minutes < options.hours * 60; minutes += PLAN_EVERY) {
    await clock.runUntil(START + minutes * MINUTE);
    if (minutes % 60 === 0) options.onHour?.(minutes / 60);
    planFunction.invoke(null);
    tally.ticks += 1;
  }
  await clock.runUntil(START + options.hours * hour);
  times.end(clock.now());
  return {
    options,
    hosts: world.hosts,
    times,
    functions: { plan: planFunction.ran, fetch: fetchFunction.ran, ingest: ingestFunction.ran },
    mostAtOnce: account.most,
    checks,
    ...tally,
    expired: messages.get('left an expired job') ?? 0,
  };
}
