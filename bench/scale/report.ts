import { CALL_MINUTES } from '../../src/app/plan/tick.ts';
import { type Calls, type Counted, MONTH_MINUTES, quantities, SECONDS } from '../cost/bill.ts';
import type { Charge } from '../cost/prices.ts';
import type { Resources } from '../cost/resources.ts';
import { type Day, PLAN_EVERY } from './day.ts';
import type { Host } from './world.ts';

const MINUTE = 60_000;
/** A page that falls due just after a tick goes with the next, and its call takes a moment to come to it. */
const TICK_MS = (PLAN_EVERY + 1) * MINUTE;
const MIN_GAP_MS = 2_000;
const JITTER = 1.125;
/** Write units of a job that was leased and postponed: two writes of a check that moves within the index. */
const POSTPONED_WRITES = 6;

export interface HostReport {
  readonly name: string;
  readonly kind: Host['kind'];
  readonly pages: number;
  readonly requests: number;
  readonly shortestGapMs: number | null;
  readonly tooEarly: number;
  readonly mostAtOnce: number;
  /** Share of its longest pause that the host needs to be asked for each page once, as it wants to be asked. */
  readonly load: number;
  readonly longestMinutes: number;
  /** The longest pause and a tick; where the host asked to be left alone, its longest `Retry-After` and a tick more. */
  readonly allowedMinutes: number;
  /** Pages that waited for longer. */
  readonly late: number;
}

export function hostReports(day: Day): HostReport[] {
  const { atLeastEvery, hours } = day.options;
  return day.hosts.map((host) => {
    const longest = host.pages.map((page) => day.times.longest(page));
    const { name, kind, requests, shortestGap, tooEarly, most } = host;
    const allowedMs = atLeastEvery * MINUTE + TICK_MS + (host.heldMs > 0 ? host.longestHoldMs + TICK_MS : 0);
    return {
      name,
      kind,
      pages: host.pages.length,
      requests,
      shortestGapMs: Number.isFinite(shortestGap) ? shortestGap : null,
      tooEarly,
      mostAtOnce: most,
      load: loadOf(host, atLeastEvery * MINUTE, hours * 60 * MINUTE),
      longestMinutes: Math.max(...longest) / MINUTE,
      allowedMinutes: allowedMs / MINUTE,
      late: longest.filter((ms) => ms > allowedMs).length,
    };
  });
}

/**
 * What asking each page of a host once takes, as a share of the time that there is: its gaps and answers, what it asked for
 * by `Retry-After`, and after each of these the half tick until somebody comes back. Calls last 13 of 15 minutes.
 */
function loadOf(host: Host, pauseMs: number, dayMs: number): number {
  const gapMs = Math.max(MIN_GAP_MS, host.crawlDelaySeconds * 1_000) * JITTER;
  const asking = host.pages.length * (gapMs + host.latencyMs);
  const holds = host.heldMs > 0 ? host.refused : 0;
  const held = ((host.heldMs + (holds * PLAN_EVERY * MINUTE) / 2) * pauseMs) / dayMs;
  return (asking + held) / (pauseMs * (CALL_MINUTES / PLAN_EVERY));
}

/** What was promised and not held, a line each. */
export function faultsOf(day: Day, hosts: readonly HostReport[]): string[] {
  const late = hosts.filter((host) => host.late > 0 && host.load <= 1);
  const { plan, fetch, ingest } = day.functions;
  const killed = plan.killed + fetch.killed + ingest.killed;
  const givenUp = plan.givenUp + fetch.givenUp + ingest.givenUp;
  return [
    ...hosts
      .filter((host) => host.tooEarly > 0)
      .map((host) => `${host.tooEarly} requests to ${host.name} were too early`),
    ...late.map(
      (host) => `${host.late} pages of ${host.name} waited for up to ${host.longestMinutes.toFixed(0)} minutes`,
    ),
    ...(killed > 0 ? [`${killed} calls were ended at their time limit`] : []),
    ...(givenUp > 0 ? [`${givenUp} calls were given up`] : []),
  ];
}

/** Quantities of a month of such days, by charge: as they were simulated where the simulation knows them. */
export function monthOf(day: Day, resources: Resources, counted: Counted): Record<Charge, number> {
  const { options, ticks, changes, quarantined, postponed, functions } = day;
  const days = MONTH_MINUTES / (options.hours * 60);
  const revisions = changes + quarantined;
  const load = {
    name: 'simulated',
    pages: options.pages,
    hosts: options.hosts,
    checks: day.times.looks * days,
    changes: changes * days,
  };
  const usual = quantities(resources, counted, load);
  const quiet = day.times.looks - revisions;
  const all = (name: keyof Calls) => (quiet * counted.unchanged[name] + revisions * counted.changed[name]) * days;
  const notify = changes * (SECONDS.start + SECONDS.notified) * resources.memory.notify;
  const ran = Object.values(functions);
  return {
    ...usual,
    tableWrites: all('tableWrites') + postponed * POSTPONED_WRITES * days,
    tableReads: all('tableReads') + ticks * days * counted.tickReads(options.pages),
    objectWrites: all('objectWrites'),
    objectReads: all('objectReads'),
    lambdaCalls: (ran.reduce((sum, { calls }) => sum + calls, 0) + changes) * days,
    lambdaGbSeconds: (ran.reduce((sum, { gbSeconds }) => sum + gbSeconds, 0) + notify) * days,
    ticks: ticks * days,
  };
}
