import { FETCH_WAIT_MS } from '#adapters/aws/compose.ts';
import { composeFetcher } from '#adapters/http/compose.ts';
import { JobsFailedError } from '#app/errors.ts';
import { fetchCall, type IngestCall } from '#app/fetch/fetch-call.ts';
import { configureIngest } from '#app/ingest/configure.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { type FetchCall, FetchCalls } from '#app/plan/calls.ts';
import { plan } from '#app/plan/plan.ts';
import { tickOf } from '#app/plan/tick.ts';
import type { HistoryStore } from '#app/ports.ts';
import { parseConfig } from '#core/config.ts';
import { DaybookError } from '#core/errors.ts';
import { EventClock, seeded } from '../../../bench/scale/clock.ts';
import { createWideHistory } from '../../../bench/scale/store.ts';
import { type Host, World } from '../../../bench/scale/world.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { Died, Injector, type Point, Worker, watched } from './world/faults.ts';

const MINUTE = 60_000;
const START = Date.parse('2022-01-12T00:00:00.000Z');
const SILENT = { info: () => {}, warn: () => {} };
/** Tries of a call, as they are deployed. */
const TRIES = { plan: 3, fetch: 1, ingest: 3 } as const;
type Name = keyof typeof TRIES;

export const HOSTS = 10;
export const PAGES = 30;
export const HOURS = 1.75;
/** A call to the largest host lasts longer than a tick, and the gap after a call reaches into the next. */
export const PLAN_EVERY = 5;
const GAP_SECONDS = 45;
/** Longest pause of a page, minutes. */
export const AT_LEAST_EVERY = 30;

export interface HostsRun {
  readonly hosts: readonly Host[];
  readonly history: HistoryStore;
  /** Ports' calls in their order: `plan history.putCheck`. */
  readonly calls: readonly string[];
  /** The calls of fetch that asked each host, a request each, in the order of the requests. */
  readonly askedBy: ReadonlyMap<string, readonly number[]>;
  /** Ends of workers that are forbidden: alive, and without an error that is tried again. */
  readonly unexpected: readonly unknown[];
  /** Epoch milliseconds. */
  readonly endedAt: number;
}

/**
 * Some hours of ten hosts whose pages are handed to calls of fetch, with one fault: ticks, calls and their tries as they are
 * deployed, the real fetcher, a simulated clock. A worker that dies asks nobody for anything any more.
 */
export async function runHosts(point: Point | null): Promise<HostsRun> {
  const clock = new EventClock(START);
  const world = new World(clock, { hosts: HOSTS, pages: PAGES, seed: 3, minGapMs: GAP_SECONDS * 1_000, start: START });
  const config = parseConfig({
    pages: world.hosts.flatMap(({ name, pages }) => pages.map((id) => ({ id, url: `https://${name}/${id}` }))),
    schedule: {
      planEvery: PLAN_EVERY,
      checkAtMostEvery: 10,
      checkAtLeastEvery: AT_LEAST_EVERY,
      checkClosedAtLeastEvery: AT_LEAST_EVERY,
    },
    fetch: { minGapSeconds: GAP_SECONDS, contact: 'ops@example.org' },
  });
  const [{ history }, objects] = [createWideHistory(), createMemoryObjects()];
  const injector = new Injector(point);
  const random = seeded(5);
  const askedBy = new Map<string, number[]>(world.hosts.map(({ name }) => [name, []]));
  const unexpected: unknown[] = [];
  let fetchCalls = 0;

  /** One call and its tries: each in a worker of its own, whose ports are watched. */
  async function invoke(name: Name, work: (mortal: Mortal) => Promise<void>): Promise<void> {
    for (let failures = 0; failures < TRIES[name]; ) {
      const mortal = new Mortal(name, injector);
      const end = await Promise.race([work(mortal).then(() => null), mortal.died]).catch((error: unknown) => error);
      if (end === null) return;
      if (!(end instanceof Died || (end instanceof DaybookError && end.retryable))) unexpected.push(end);
      failures += 1;
      await clock.sleep(failures * MINUTE);
    }
  }

  const tick = (mortal: Mortal) => {
    const calls = new FetchCalls(mortal.port('fetchQueue', { send: async (call: FetchCall) => startFetch(call) }));
    const deps = { history: mortal.port('history', history), fetchQueue: calls, log: SILENT, clock: clock.date };
    return plan(deps, tickOf(config, clock.date()))
      .then(() => {})
      .finally(() => calls.handOver());
  };

  const startFetch = (call: FetchCall) => {
    fetchCalls += 1;
    const id = fetchCalls;
    void invoke('fetch', async (mortal) => {
      const sleep = (ms: number) => clock.sleep(ms).then(() => mortal.goOn());
      const ask: typeof world.ask = async (url, headers, timeoutMs) => {
        askedBy.get(url.host)?.push(id);
        const answer = await world.ask(url, headers, timeoutMs);
        await mortal.goOn();
        return answer;
      };
      const timing = { now: clock.now, sleep, random, ask: ask as never, maxWaitMs: FETCH_WAIT_MS };
      const fetcher = composeFetcher(config, SILENT, timing);
      const deps = {
        fetcher: mortal.port('fetcher', { fetch: fetcher.fetch.bind(fetcher), close: async () => {} }),
        objects: mortal.port('objects', objects),
        ingestQueue: mortal.port('ingestQueue', { send: async (seen: IngestCall) => startIngest(seen) }),
        log: SILENT,
        now: clock.date,
      };
      const hostFreeAt = (url: string) => fetcher.hostFreeAt?.(url) ?? null;
      const failed = await fetchCall(
        { ...deps, fetcher: { ...deps.fetcher, fetch: (one) => deps.fetcher.fetch(one), hostFreeAt } },
        call.jobs,
      );
      if (failed > 0) throw new JobsFailedError(failed, call.jobs.length);
    });
  };

  const startIngest = ({ observations }: IngestCall) => {
    void invoke('ingest', async (mortal) => {
      const stores = { history: mortal.port('history', history), objects: mortal.port('objects', objects) };
      const failures: unknown[] = [];
      for (const observation of observations) {
        await ingest(configureIngest(config, stores, SILENT), observation).catch((error: unknown) =>
          failures.push(error),
        );
        await clock.sleep(100);
      }
      if (failures.length > 0) throw failures[0];
    });
  };

  for (let minutes = 0; minutes < HOURS * 60; minutes += PLAN_EVERY) {
    await clock.runUntil(START + minutes * MINUTE);
    void invoke('plan', tick);
  }
  await clock.runUntil(START + HOURS * 60 * MINUTE);
  return { hosts: world.hosts, history, calls: injector.calls.port, askedBy, unexpected, endedAt: clock.now() };
}

/** A worker whose death is noticed at once, and that does nothing afterwards, not even what it waited for. */
class Mortal {
  readonly died: Promise<Died>;
  readonly #worker: Worker;
  #die: (end: Died) => void = () => {};

  constructor(
    name: Name,
    private readonly injector: Injector,
  ) {
    this.#worker = new Worker(name, async () => {});
    this.died = new Promise((done) => {
      this.#die = done;
    });
  }

  async goOn(): Promise<void> {
    if (this.#worker.dead) await new Promise(() => {});
  }

  port<T extends object>(port: string, target: T): T {
    return watched(target, async (name, call) => {
      try {
        return await this.injector.around('port', this.#worker, `${port}.${name}`, call);
      } catch (error) {
        if (this.#worker.dead) this.#die(new Died());
        throw error;
      }
    });
  }
}
