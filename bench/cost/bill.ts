import { OBSERVATIONS_A_CALL } from '#app/fetch/fetch-call.ts';
import { HOSTS_A_CALL } from '#app/plan/calls.ts';
import { type Charge, PRICES } from './prices.ts';
import type { Resources } from './resources.ts';

export const MONTH_MINUTES = (365.25 / 12) * 24 * 60;

/** Calls of one check and all that follows from it: planning, fetching, ingesting, notifying. */
export interface Calls {
  readonly tableWrites: number;
  readonly tableReads: number;
  readonly objectWrites: number;
  readonly objectReads: number;
}

export interface Counted {
  /** A check that finds nothing new, and one that makes a revision. Without the reads of the tick. */
  readonly unchanged: Calls;
  readonly changed: Calls;
  /** Read units of a tick that looks at so many pages. */
  readonly tickReads: (pages: number) => number;
}

/** What a deployment watches in a month. */
export interface Workload {
  readonly name: string;
  readonly pages: number;
  readonly hosts: number;
  readonly checks: number;
  /** Checks that make a revision and send an alert. */
  readonly changes: number;
}

/** How long functions run, seconds: a process that has to start, and its work. */
export const SECONDS = {
  start: 1.2,
  planned: 0.02,
  listed: 0.00003,
  request: 0.8,
  gap: 2.25,
  unchanged: 0.1,
  changed: 0.7,
  notified: 0.3,
};
/** Log lines with their JSON, bytes. */
const LINE = 350;
/** Long polls of an event source mapping that finds nothing: five pollers that wait for 20 seconds each. */
const POLLS_A_MINUTE = 5 * 3;
/** Table and objects after a year, bytes: a page; a revision with its items, backed up; its bodies, record and document. */
const BYTES = { page: 4_000, revision: 8_000, objects: 80_000 };
const GB = 1e9;

/** Quantities of a month, by charge. */
export function quantities(resources: Resources, counted: Counted, load: Workload): Record<Charge, number> {
  const ticks = MONTH_MINUTES / resources.planEvery;
  const unchanged = load.checks - load.changes;
  const both = (name: keyof Calls) => unchanged * counted.unchanged[name] + load.changes * counted.changed[name];
  // Checks spread over the ticks, and those of a tick over the hosts.
  const duePerTick = load.checks / ticks;
  const hostsPerTick = Math.min(load.hosts, duePerTick);
  const callsPerTick = Math.max(Math.min(1, duePerTick), hostsPerTick / HOSTS_A_CALL);
  const pagesPerHost = duePerTick / hostsPerTick;
  const calls = {
    plan: ticks,
    fetch: ticks * callsPerTick,
    ingest: ticks * hostsPerTick * Math.max(1, pagesPerHost / OBSERVATIONS_A_CALL),
    notify: load.changes,
  };
  const { start, planned, listed, request, gap, notified } = SECONDS;
  const seconds = {
    plan: ticks * (start + load.pages * listed) + load.checks * planned,
    // The pages of the slowest host, one after the other, and its robots.txt before them.
    fetch: calls.fetch * (start + (pagesPerHost + 1) * request + pagesPerHost * gap),
    ingest: calls.ingest * start + unchanged * SECONDS.unchanged + load.changes * SECONDS.changed,
    notify: calls.notify * (start + notified),
  };
  const names = ['plan', 'fetch', 'ingest', 'notify'] as const;
  // A tick writes what it planned, and its zero of the metric.
  const logs = (2 * ticks + 2 * calls.fetch + 2 * load.checks + load.changes) * LINE;
  const tableBytes = load.pages * BYTES.page + 12 * load.changes * BYTES.revision;
  return {
    tableWrites: both('tableWrites'),
    tableReads: both('tableReads') + ticks * counted.tickReads(load.pages),
    tableGb: tableBytes / GB,
    backupGb: tableBytes / GB,
    lambdaCalls: names.reduce((sum, name) => sum + calls[name], 0),
    lambdaGbSeconds: names.reduce((sum, name) => sum + seconds[name] * resources.memory[name], 0),
    fifoRequests: resources.polledFifo * POLLS_A_MINUTE * MONTH_MINUTES,
    queueRequests: resources.polledStandard * POLLS_A_MINUTE * MONTH_MINUTES,
    objectWrites: both('objectWrites'),
    objectReads: both('objectReads'),
    objectGb: (12 * load.changes * BYTES.objects) / GB,
    ticks,
    publishes: load.changes,
    emails: load.changes,
    alarms: resources.alarms,
    metrics: resources.metrics,
    dashboards: resources.dashboards,
    logGb: logs / GB,
    storedLogGb: ((logs / GB) * resources.logDays) / 30,
  };
}

/** US dollars of each charge, with or without what is free for ever. */
export function dollars(used: Record<Charge, number>, isFree: boolean): Record<Charge, number> {
  const charges = Object.keys(PRICES) as Charge[];
  return Object.fromEntries(
    charges.map((charge) => {
      const { usd, free } = PRICES[charge];
      return [charge, Math.max(0, used[charge] - (isFree ? free : 0)) * usd];
    }),
  ) as Record<Charge, number>;
}

export function total(bill: Record<Charge, number>): number {
  return Object.values(bill).reduce((sum, usd) => sum + usd, 0);
}
