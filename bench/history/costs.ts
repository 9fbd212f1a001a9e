import { plan } from '#app/plan/plan.ts';
import { createHistoryStore } from '../../src/adapters/aws/dynamodb/history-store.ts';
import { Table } from '../../src/adapters/aws/dynamodb/table.ts';
import { Machine, PAGE, TABLE_NAME } from '../../test/e2e/crash/world/machine.ts';
import { ObjectMap } from '../../test/e2e/crash/world/object-map.ts';
import { SCENARIO } from '../../test/e2e/crash/world/scenario.ts';
import { clientOf, ItemTable } from '../../test/support/item-table.ts';
import { Meter, type Units } from './capacity.ts';

/**
 * What a check costs in DynamoDB's units, step by step of the crash matrix's page, and what that makes a month:
 * `tsx bench/history/costs.ts`. A step is a tick of the planner with one page, then fetching, ingesting and notifying by two
 * channels. Every call is counted as DynamoDB charges it.
 */
const PRICES = { of: 'us-east-1, on demand, 2026-11-26', write: 0.625e-6, read: 0.125e-6 };
const MINUTES = (365.25 / 12) * 24 * 60;
const DEFAULTS = { planEvery: 15, checkAtMostEvery: 30, checkAtLeastEvery: 1_440 };
const SIZES = [1, 12, 60];

/** The machine looks at the check after each step, which is no part of it. */
const OWN_LOOK = 1;

const table = new ItemTable();
const meter = new Meter(table);
const machine = new Machine({ send: (command) => meter.send(command), objects: new ObjectMap() });

const costs = new Map<string, Units>();
console.log('the check finds | writes | index writes | reads');
for (const step of SCENARIO) {
  meter.take();
  await machine.step(step);
  const used = meter.take();
  const units = { ...used, reads: used.reads - OWN_LOOK };
  costs.set(step.name, units);
  console.log([step.name, units.writes, units.indexWrites, units.reads].join(' | '));
}

const tickOf = new Map<number, number>();
for (const size of SIZES) tickOf.set(size, await readsOfTick(size));
console.log(
  `\nreads of a tick with nothing due | ${SIZES.map((size) => `${size} pages: ${tickOf.get(size)}`).join(' | ')}`,
);
console.log(`\na month of the table (${PRICES.of}) | ${SIZES.map((size) => `${size} pages`).join(' | ')}`);
for (const [what, every, name] of [
  ['all pages once a day, nothing new', DEFAULTS.checkAtLeastEvery, 'the known bytes'],
  ['all pages every 30 minutes, nothing new', DEFAULTS.checkAtMostEvery, 'the known bytes'],
  ['all pages every 30 minutes, two additions each time', DEFAULTS.checkAtMostEvery, 'additions'],
] as const) {
  console.log([what, ...SIZES.map((size) => `${month(size, every, name).toFixed(2)} USD`)].join(' | '));
}

/** US dollars of a month of checks and ticks. */
function month(pages: number, everyMinutes: number, name: string): number {
  const units = costs.get(name);
  if (units === undefined) throw new Error(`no step is named ${name}`);
  const checks = (pages * MINUTES) / everyMinutes;
  const reads =
    checks * (units.reads - (tickOf.get(1) ?? 0)) + (MINUTES / DEFAULTS.planEvery) * (tickOf.get(pages) ?? 0);
  return checks * (units.writes + units.indexWrites) * PRICES.write + reads * PRICES.read;
}

/** What the planner reads in a tick where so many pages are tracked and none is due. */
async function readsOfTick(pages: number): Promise<number> {
  const tracked = new Meter(new ItemTable());
  const store = createHistoryStore(
    new Table(
      clientOf((command) => tracked.send(command)),
      TABLE_NAME,
    ),
  );
  const check = await machine.reader().check(PAGE.id);
  if (check === null) throw new Error('the page is not tracked');
  const specs = Array.from({ length: pages }, (_, at) => ({ ...PAGE, id: `harbour-${String(at).padStart(4, '0')}` }));
  for (const page of specs) await store.putCheck({ ...check, page }, null);
  tracked.take();
  const bounds = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 10_080 };
  const now = check.lastCheckedAt ?? '';
  const deps = { history: store, fetchQueue: { send: async () => {} }, log: { info: () => {}, warn: () => {} } };
  await plan(deps, { pages: specs, series: [], now, limit: pages, leaseMinutes: 30, bounds });
  const { reads, writes } = tracked.take();
  if (writes > 0) throw new Error('the tick was to write nothing');
  return reads;
}
