import { parseArgs } from 'node:util';
import { synthesize } from '../../test/lib/synth.ts';
import { dollars, total } from '../cost/bill.ts';
import { count } from '../cost/counted.ts';
import { type Charge, PRICES } from '../cost/prices.ts';
import { resourcesOf, type Template } from '../cost/resources.ts';
import { PLAN_EVERY, simulateDay } from './day.ts';
import { faultsOf, type HostReport, hostReports, monthOf } from './report.ts';

/**
 * A simulated day of many pages: `npx tsx bench/scale/run.ts [--pages 10000] [--hosts 100] [--hours 24] [--seed 1]
 * [--at-least-every 360] [--concurrency 1000] [--json]`. The use cases and the fetcher are the real ones; the clock, the sites
 * and the functions' calls are simulated, run times of the functions are those of bench/cost. Exit code 1 when a page waited for
 * too long, a host was asked too early, or a call was lost.
 */
const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '10000' },
    hosts: { type: 'string', default: '100' },
    hours: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
    'at-least-every': { type: 'string', default: '360' },
    concurrency: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  },
});
const number = (name: Exclude<keyof typeof values, 'json'>): number => {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${name} is "${values[name]}": give a whole number above 0`);
  return value;
};

const resources = resourcesOf(synthesize().serviceTemplate.toJSON() as Template);
const startedAt = performance.now();
const day = await simulateDay({
  pages: number('pages'),
  hosts: number('hosts'),
  hours: number('hours'),
  seed: number('seed'),
  concurrency: number('concurrency'),
  atLeastEvery: number('at-least-every'),
  memory: resources.memory,
  onHour: (hour) => process.stderr.write(`hour ${hour}: ${seconds()} s, ${heap()} MiB\n`),
});
const hosts = hostReports(day);
const faults = faultsOf(day, hosts);
const used = monthOf(day, resources, await count());
const [withFree, without] = [dollars(used, true), dollars(used, false)];
if (values.json) {
  const { options, times, functions, checks, ...rest } = day;
  const bill = { used, withFree, without, total: { withFree: total(withFree), without: total(without) } };
  console.log(JSON.stringify({ ...rest, options, looks: times.looks, functions, ...checks, hosts, bill, faults }));
} else print();
if (faults.length > 0) process.exitCode = 1;

function print(): void {
  const { functions, options } = day;
  const sum = (name: 'pages' | 'requests' | 'tooEarly' | 'late') => hosts.reduce((all, host) => all + host[name], 0);
  const permitted = hosts.filter(({ load }) => load <= 1);
  const calm = permitted.filter(({ kind }) => kind !== 'limiting');
  const longest = (of: readonly HostReport[]) => Math.max(...of.map((host) => host.longestMinutes)).toFixed(0);
  console.table({
    'pages, hosts, hours, seed': `${sum('pages')}, ${hosts.length}, ${options.hours}, ${options.seed}`,
    'real seconds': seconds(),
    'ticks; most jobs in one': `${day.ticks}; ${day.mostJobs}`,
    'checks, requests': `${day.times.looks}, ${sum('requests')}`,
    'revisions, refused, no answer': `${day.changes}, ${day.quarantined}, ${day.failed}`,
    'postponed, expired, leased again': `${day.postponed}, ${day.expired}, ${day.checks.leasedAgain}`,
    'requests that came too early': sum('tooEarly'),
    'longest wait of a page, min (longest pause and a tick)': `${longest(calm)} (${options.atLeastEvery + PLAN_EVERY})`,
    'on hosts that send Retry-After': longest(permitted.filter(({ kind }) => kind === 'limiting')),
    'calls at once, at most (limit)': `${day.mostAtOnce} (${options.concurrency})`,
    'largest event, bytes': day.largestEvent,
  });
  for (const [name, ran] of Object.entries(functions)) {
    const longestRun = `longest ${(ran.longestMs / 1_000).toFixed(0)} s, waited ${(ran.longestWaitMs / 1_000).toFixed(0)} s`;
    const ends = `${ran.killed} ended, ${ran.givenUp} given up, ${ran.throttled} put off`;
    console.log(
      `${name}: ${ran.calls} calls, ${ran.starts} starts, ${ran.gbSeconds.toFixed(0)} GB-s, ${longestRun}, ${ends}`,
    );
  }
  console.log('\nhosts with most pages, and those that waited longest');
  const shown = new Set([
    ...hosts.slice(0, 9),
    ...[...hosts].sort((a, b) => b.longestMinutes - a.longestMinutes).slice(0, 4),
  ]);
  console.table([...shown].map(line));
  for (const host of hosts.filter(({ load }) => load > 1)) {
    const needs = `needs ${(host.load * options.atLeastEvery).toFixed(0)} of ${options.atLeastEvery} minutes`;
    console.log(
      `${host.name} (${host.kind}) ${needs}, as it wants to be asked: its pages waited ${host.longestMinutes.toFixed(0)} minutes`,
    );
  }
  console.log('\na month of such days | used | USD with what is free for ever | without');
  for (const charge of Object.keys(PRICES) as Charge[]) {
    if (used[charge] === 0) continue;
    const cells = [withFree[charge].toFixed(2), without[charge].toFixed(2)];
    console.log([PRICES[charge].unit, Math.round(used[charge]).toLocaleString('en'), ...cells].join(' | '));
  }
  console.log(['in all', '', total(withFree).toFixed(2), total(without).toFixed(2)].join(' | '));
  console.log(faults.length === 0 ? '\nevery bar held' : `\nNOT HELD: ${faults.join('; ')}`);
}

function line(host: HostReport) {
  const { name, kind, pages, requests, tooEarly, late } = host;
  const gap = host.shortestGapMs === null ? '-' : `${(host.shortestGapMs / 1_000).toFixed(1)} s`;
  const waited = `${host.longestMinutes.toFixed(0)} of ${host.allowedMinutes.toFixed(0)} min`;
  return { name, kind, pages, requests, gap, tooEarly, load: host.load.toFixed(2), waited, late };
}

function seconds(): string {
  return ((performance.now() - startedAt) / 1_000).toFixed(0);
}

function heap(): string {
  return (process.memoryUsage().heapUsed / 2 ** 20).toFixed(0);
}
