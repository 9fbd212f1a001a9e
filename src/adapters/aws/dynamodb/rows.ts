import type { ListedCheck } from '#app/ports.ts';
import type { PageSpec } from '#core/history/types.ts';
import type { CheckSummary } from '#core/schedule/summary.ts';

const PAGE: readonly (keyof PageSpec)[] = ['id', 'url', 'name', 'rolling', 'series'];
const CHECK: readonly (keyof ListedCheck)[] = ['retired', 'dueAt', 'lastCheckedAt'];
type Decided = Pick<ListedCheck, 'added' | 'paused'>;
const SUMMARY: readonly (keyof CheckSummary)[] = [
  'title',
  'period',
  'revision',
  'paragraphs',
  'firstObservedAt',
  'observedAt',
  'oldestDate',
  'newestDate',
  'state',
  'reason',
  'since',
];

/**
 * The part of a check that a list of pages shows, as the attribute that the index of pages holds: values without their
 * names, so that a check stays below 1 KB and a hundred rows cost few read units.
 */
export function writeRow(check: ListedCheck): string {
  return JSON.stringify([
    PAGE.map((name) => check.page[name]),
    CHECK.map((name) => check[name]),
    SUMMARY.map((name) => check.summary[name]),
    // Few pages have one: absent ones take no room.
    { added: check.added, paused: check.paused },
  ]);
}

export function readRow(row: string): ListedCheck {
  const [page, check, summary, decided] = JSON.parse(row) as [unknown[], unknown[], unknown[], Decided];
  return {
    page: named<PageSpec>(PAGE, page),
    summary: named<CheckSummary>(SUMMARY, summary),
    ...named<Omit<ListedCheck, 'page' | 'summary' | keyof Decided>>(CHECK, check),
    ...decided,
  };
}

function named<T>(names: readonly string[], values: readonly unknown[]): T {
  return Object.fromEntries(names.map((name, at) => [name, values[at]])) as T;
}
