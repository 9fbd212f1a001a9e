import config from '#config';
import { parseConfig } from '../../src/core/config.ts';
import { configuredPages } from '../../src/core/schedule/series.ts';
import { synthesize } from '../../test/lib/synth.ts';
import { dollars, MONTH_MINUTES, quantities, total, type Workload } from './bill.ts';
import { count } from './counted.ts';
import { type Charge, PRICES } from './prices.ts';
import { resourcesOf, type Template } from './resources.ts';

/**
 * What a month costs: `npx tsx bench/cost/run.ts`. Calls to the table and the bucket are counted, resources are taken from the
 * synthesized template, run times of functions are assumed (`SECONDS` in bill.ts). Not in it: readers, taxes, traffic out.
 * Exit code 1 when one series at 15 minutes costs more than the bar with what is free for ever.
 */
const BAR = 0.25;
const [EVERY_15, EVERY_30, SIX_HOURS, WEEK] = [15, 30, 360, 10_080].map((minutes) => MONTH_MINUTES / minutes) as [
  number,
  number,
  number,
  number,
];
const listed = configuredPages(parseConfig(config), new Date('2026-11-26T00:00:00Z')).length;
const SERIES = 'one series at 15 minutes';
const LOADS: readonly Workload[] = [
  // The month that is written, and eleven that are over.
  { name: SERIES, pages: 12, hosts: 1, checks: EVERY_15 + 11 * WEEK, changes: 60 },
  { name: 'default configuration', pages: listed, hosts: 1, checks: 3 * EVERY_30 + (listed - 3) * WEEK, changes: 60 },
  { name: '1,000 pages, every 6 h', pages: 1_000, hosts: 20, checks: 1_000 * SIX_HOURS, changes: 4_000 },
  { name: '100,000 pages, every 6 h', pages: 100_000, hosts: 2_000, checks: 100_000 * SIX_HOURS, changes: 400_000 },
];

const resources = resourcesOf(synthesize().serviceTemplate.toJSON() as Template);
const counted = await count();
const used = LOADS.map((load) => quantities(resources, counted, load));
const bills = [true, false].map((isFree) => used.map((one) => dollars(one, isFree)));
const [withFree = [], without = []] = bills;

console.log(
  `polled queues ${resources.polledFifo + resources.polledStandard}, alarms ${resources.alarms}, own metrics ${resources.metrics},`,
);
console.log(
  `dashboards ${resources.dashboards}, logs for ${resources.logDays} days, a tick every ${resources.planEvery} minutes\n`,
);
console.log(['a month, USD', ...LOADS.map(({ name }) => name)].join(' | '));
const rows = (Object.keys(PRICES) as Charge[]).filter((charge) => used.some((one) => one[charge] > 0));
for (const charge of rows) {
  const cells = used.map((one, at) => {
    const [paid, listedPrice] = [withFree[at]?.[charge] ?? 0, without[at]?.[charge] ?? 0];
    return `${quantity(one[charge])}: ${paid.toFixed(3)} (${listedPrice.toFixed(3)})`;
  });
  console.log([PRICES[charge].unit, ...cells].join(' | '));
}
const sums = LOADS.map((_, at) => [total(withFree[at] ?? ({} as never)), total(without[at] ?? ({} as never))] as const);
console.log(['with what is free for ever', ...sums.map(([free]) => free.toFixed(2))].join(' | '));
console.log(['without it', ...sums.map(([, list]) => list.toFixed(2))].join(' | '));

const [one] = sums[0] ?? [Number.POSITIVE_INFINITY];
console.log(`\n${SERIES}: ${one.toFixed(3)} USD of at most ${BAR}: ${one <= BAR ? 'held' : 'NOT HELD'}`);
if (one > BAR) process.exitCode = 1;

function quantity(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
}
