import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { pagePartition } from '#adapters/aws/dynamodb/keys.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { fetchPage } from '#app/fetch/fetch.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { editPage } from '#app/pages/edit-pages.ts';
import { plan } from '#app/plan/plan.ts';
import type { FetchJob, HistoryStore, Notifier, ObjectStore, Observation } from '#app/ports.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import type { Alert } from '#core/alerts/types.ts';
import { parseConfig } from '#core/config.ts';
import { DaybookError, UsageError } from '#core/errors.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import type { PageSpec } from '#core/history/types.ts';
import { FLIP_SORT_KEYS, TABLE } from '#core/names.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import { isWatched } from '#core/schedule/check.ts';
import { clientOf, type Send } from '../../../support/item-table.ts';
import { ScriptedSite } from '../../../support/recording.ts';
import { Died, Injector, Worker, watched } from './faults.ts';
import { MEMBER, MEMBER_ANSWER, type Step } from './scenario.ts';
import type { Delivery } from './state.ts';

export const PAGE: PageSpec = {
  id: 'harbour-2022-01',
  url: 'https://chronicle.example/2022-01.htm',
  name: null,
  rolling: false,
  series: null,
};

/** Where everything is kept: what outlives the workers. */
export interface Ground {
  /** A call to the table, over whatever it is made of. */
  readonly send: Send;
  readonly objects: ObjectStore;
}

export const TABLE_NAME = 'daybook';
const PREFIX = pagePartition('').length;
const FLIPS: readonly unknown[] = Object.values(FLIP_SORT_KEYS);
const SILENT = { info: () => {}, warn: () => {} };
/** Deliveries of one message: SQS would put it aside after a few. */
const DELIVERIES = 4;
const LEASE_MINUTES = 30;
const BOUNDS = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 1_440 };

/**
 * The deployment in one process: queues that deliver in order, one at a time, and again until a worker reports that it is
 * done; a stream of flips; a scheduler. Every invocation is a new worker with new adapters, so that nothing
 * but the ground is remembered.
 */
export class Machine {
  /** What each channel delivered, in order. */
  readonly sent: Delivery[] = [];
  readonly site = new ScriptedSite();
  /** Everything that was ever sent, for sending it again. */
  readonly jobs: FetchJob[] = [];
  readonly observations: Observation[] = [];
  injector = new Injector(null);
  /** How often every message is handled, whether or not a worker was done with it. */
  times = 1;
  #fetch: FetchJob[] = [];
  #ingest: Observation[] = [];
  #flips: string[] = [];
  #now = '';
  #parser = '1';

  constructor(readonly ground: Ground) {}

  /** Scheduler tick and everything that follows from it. */
  async step(step: Step): Promise<void> {
    this.#now = step.at;
    this.#parser = step.parser;
    this.site.say(PAGE.url, step.answer);
    this.site.say(MEMBER.url, MEMBER_ANSWER);
    const { edit } = step;
    if (edit !== null) await this.deliver('edit', (worker) => this.edit(worker, edit));
    // The page is fetched at the step's own time however late the tick that leads to it, so that runs can be compared.
    for (let tick = 0; tick < 4; tick += 1) {
      const now = new Date(Date.parse(step.at) + tick * (LEASE_MINUTES + 1) * 60_000).toISOString();
      await this.deliver('plan', (worker) => this.plan(worker, now));
      await this.drain();
      // A member that a dying worker has leased is due again with a later tick.
      const waiting = (await this.reader().checks()).filter(
        (check) => isWatched(check) && check.lastCheckedAt === null,
      );
      if (waiting.length === 0 && (await this.reader().check(PAGE.id))?.lastCheckedAt === step.at) return;
    }
    throw new Error(`"${step.name}" was never checked`);
  }

  /** Wakes the worker that fell asleep, and lets what it does run its course. */
  async wake(): Promise<void> {
    const { sleeper } = this.injector;
    sleeper?.wake();
    const outcome = await this.#sleeping;
    if (outcome !== 'done') this.failures.push(outcome);
    this.#sleeping = Promise.resolve('done');
    await this.drain();
  }

  /** Delivers everything that was ever sent once more, the last first. */
  async repeatBackwards(): Promise<void> {
    this.#ingest.push(...[...this.observations].reverse());
    this.#fetch.push(...[...this.jobs].reverse());
    this.#flips.push(PAGE.id, PAGE.id);
    await this.drain();
  }

  /** The history as anybody reads it, unwatched. */
  reader(): HistoryStore {
    return createHistoryStore(new Table(clientOf(this.ground.send), TABLE_NAME));
  }

  private async drain(): Promise<void> {
    for (;;) {
      const [job] = this.#fetch;
      const [observation] = this.#ingest;
      const [flipped] = this.#flips;
      if (job !== undefined) await this.deliver('fetch', (worker) => this.fetch(worker, job), this.#fetch);
      else if (observation !== undefined)
        await this.deliver('ingest', (worker) => this.ingest(worker, observation), this.#ingest);
      else if (flipped !== undefined)
        await this.deliver('notify', (worker) => this.notify(worker, flipped), this.#flips);
      else return;
    }
  }

  #sleeping: Promise<unknown> = Promise.resolve('done');

  /** Invokes a function until it is done, and takes its message off the queue. */
  private async deliver(
    name: string,
    work: (worker: Worker) => Promise<unknown>,
    queue: unknown[] = [],
  ): Promise<void> {
    let done = 0;
    for (let delivery = 0; done < this.times; delivery += 1) {
      if (delivery === DELIVERIES + this.times) throw new Error(`"${name}" failed ${delivery} times`);
      const rival = async () => void (await work(new Worker(`rival ${name}`, async () => {})));
      const worker = new Worker(name, rival);
      const finished = work(worker).then(
        () => 'done',
        (error: unknown) => error,
      );
      const outcome = await Promise.race([finished, worker.asleep.then(() => 'asleep')]);
      if (outcome === 'asleep') this.#sleeping = finished;
      else if (outcome === 'done') done += 1;
      else this.failures.push(worker.dead ? new Died() : outcome);
    }
    queue.shift();
  }

  /** What workers ended with when they were not done. */
  readonly failures: unknown[] = [];

  /** Forbidden ends of workers: alive, and without an error that repeats the delivery. */
  unexpected(): string[] {
    const mayBe = (end: unknown) => end instanceof Died || (end instanceof DaybookError && end.retryable);
    return this.failures.filter((end) => !mayBe(end)).map((end) => `a worker ended with ${String(end)}`);
  }

  /** A command of a person, who reads that the change was made already. */
  private async edit(worker: Worker, edit: PageEdit): Promise<void> {
    const config = parseConfig({ pages: [{ id: PAGE.id, url: PAGE.url }], fetch: { hosts: ['mill.example'] } });
    const deps = { history: this.history(worker), config, remedy: '', now: () => new Date(this.#now) };
    await editPage(deps, edit).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
    });
  }

  private plan(worker: Worker, now: string) {
    const fetchQueue = this.port(worker, 'fetchQueue', {
      send: async (job: FetchJob) => {
        this.jobs.push(job);
        this.#fetch.push(job);
      },
    });
    const input = { pages: [PAGE], series: [], now, limit: 10, leaseMinutes: LEASE_MINUTES, bounds: BOUNDS };
    const clock = () => new Date(this.#now);
    return plan({ history: this.history(worker), fetchQueue, log: SILENT, clock }, input);
  }

  private fetch(worker: Worker, job: FetchJob) {
    const ingestQueue = this.port(worker, 'ingestQueue', {
      send: async (observation: Observation) => {
        this.observations.push(observation);
        this.#ingest.push(observation);
      },
    });
    const fetcher = this.port(worker, 'fetcher', this.site);
    const now = () => new Date(this.#now);
    return fetchPage({ fetcher, objects: this.objects(worker), ingestQueue, log: SILENT, now }, job);
  }

  private ingest(worker: Worker, observation: Observation) {
    const deps = {
      history: this.history(worker),
      objects: this.objects(worker),
      log: SILENT,
      bounds: BOUNDS,
      policy: DEFAULT_HEALTH_POLICY,
      parser: this.#parser,
      hubs: { series: [], addresses: [] },
    };
    return ingest(deps, observation);
  }

  private notify(worker: Worker, pageId: string) {
    const channels = { mail: this.channel(worker, 'mail'), pager: this.channel(worker, 'pager') };
    const now = () => new Date(this.#now);
    const deps = { history: this.history(worker), channels, rules: DEFAULT_RULES, readerUrl: null, log: SILENT, now };
    return notifyPage(deps, pageId);
  }

  /** A history store of the worker's own, watched at both of its sides; flips that took place are recorded as they are. */
  private history(worker: Worker): HistoryStore {
    const send: Send = (command) => {
      const call = async () => {
        const answer = await this.ground.send(command);
        const item = command instanceof PutCommand ? command.input.Item : undefined;
        if (FLIPS.includes(item?.[TABLE.sortKey])) this.#flips.push(String(item?.[TABLE.partitionKey]).slice(PREFIX));
        return answer;
      };
      return this.injector.around('database', worker, command.constructor.name, call, command);
    };
    return this.port(worker, 'history', createHistoryStore(new Table(clientOf(send), TABLE_NAME)));
  }

  private channel(worker: Worker, channel: string): Notifier {
    const send = async (alert: Alert) => void this.sent.push({ ...structuredClone(alert), channel });
    return this.port(worker, 'notifier', { send });
  }

  private objects(worker: Worker): ObjectStore {
    return this.port(worker, 'objects', this.ground.objects);
  }

  private port<T extends object>(worker: Worker, port: string, target: T): T {
    return watched(target, (name, call) => this.injector.around('port', worker, `${port}.${name}`, call));
  }
}
