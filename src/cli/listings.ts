import { type Command, Option } from 'commander';
import type { CoverageDay, ListedPage, ListedSeries, TimelineItem } from '#app/read/reader.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { minute, remarks, shortName } from './cells.ts';
import { integer, type QueryOptions } from './options.ts';

/** What was typed after the command: its argument and its options, each absent where it was left out. */
export interface Typed extends QueryOptions {
  readonly page?: string | undefined;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly mentions?: boolean;
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

/** A query that the JSON API answers with a listing, and that is printed as a table. */
export interface ListingQuery<T> {
  readonly name: string;
  readonly description: string;
  /** Declares what may be typed in addition to `--server`, `--data` and `--json`. */
  readonly declare: (command: Command) => Command;
  /** What the API is asked for; `limit` is the most items. */
  readonly request: (typed: Typed) => {
    readonly path: string;
    readonly parameters?: Readonly<Record<string, string | undefined>>;
    readonly limit: number;
  };
  /** Printed when there are no items. */
  readonly empty: string;
  /** Heads and cells, from left to right; the last column takes the width that is left. */
  readonly columns: readonly (readonly [head: string, cell: (item: T) => string])[];
  /** Printed below it, where it has items; in JSON under its name. */
  readonly also?: ListingQuery<never>;
}

const DEFAULT_LIMIT = 50;

/** An option that bounds the rows. */
export const limit = () =>
  new Option('--limit <n>', 'most rows').argParser(integer('--limit', 1, 10_000)).default(DEFAULT_LIMIT);

/** Most revisions that are listed at once. */
const ALL_REVISIONS = 100_000;
const pagePath = (page: string | undefined, rest: string) => `/api/pages/${encodeURIComponent(page ?? '')}${rest}`;

const series: ListingQuery<ListedSeries> = {
  name: 'series',
  description: 'the series that commands added',
  declare: (command) => command,
  request: () => ({ path: '/api/series', limit: Number.POSITIVE_INFINITY }),
  empty: 'No series was added.',
  columns: [
    ['added series', (one) => one.id],
    ['state', (one) => one.state],
    ['from', (one) => one.from ?? '-'],
    ['until', (one) => one.until ?? '-'],
    ['hub', (one) => one.hub ?? '-'],
    ['name', (one) => one.name ?? '-'],
    ['pattern', (one) => one.pattern ?? one.fault ?? '-'],
  ],
};

export const pages: ListingQuery<ListedPage> = {
  name: 'pages',
  description: 'the tracked pages and their health, and the series that commands added',
  declare: (command) => command,
  request: () => ({ path: '/api/pages', limit: Number.POSITIVE_INFINITY }),
  empty: 'No page is tracked yet: "daybook up <url>" starts.',
  columns: [
    ['page', (page) => page.id],
    ['health', stateOf],
    ['source', (page) => page.source ?? '-'],
    ['rev', (page) => String(page.revisions)],
    ['par', (page) => String(page.paragraphs)],
    ['last change', (page) => minute(page.lastChangedAt)],
    ['next check', (page) => minute(page.health.nextCheckAt)],
    ['title', (page) => page.name ?? page.title ?? page.url],
  ],
  also: series,
};

function stateOf({ retired, paused, health }: ListedPage): string {
  if (retired) return 'retired';
  if (paused) return 'paused';
  return health.overdue ? 'overdue' : health.state;
}

export const timeline: ListingQuery<TimelineItem> = {
  name: 'timeline',
  description: 'paragraphs by the day that they report',
  declare: (command) =>
    command
      .option('--page <id>', 'one page only')
      .option('--from <day>', 'first day, month or year (YYYY-MM-DD, YYYY-MM, YYYY)')
      .option('--to <day>', 'last day, month or year')
      .option('--as-of <instant>', 'as the pages were at that time (ISO 8601)')
      .option('--mentions', 'also paragraphs that only mention the day (as for a single day)')
      .option('--no-mentions', 'event dates only (as for more than a day)')
      .option('--newest-first', 'latest day first')
      .addOption(limit()),
  request: ({ page, from, to, asOf, mentions, newestFirst, limit = DEFAULT_LIMIT }) => ({
    path: '/api/timeline',
    parameters: {
      page,
      from,
      to,
      asOf,
      mentions: mentions?.toString(),
      order: newestFirst === true ? 'newest' : 'oldest',
    },
    limit,
  }),
  empty: 'No paragraph reports these days.',
  columns: [
    ['day', (item) => item.date ?? '-'],
    ['basis', (item) => (item.main ? item.dateBasis : 'mention')],
    ['page', (item) => item.pageId],
    ['first seen', (item) => item.firstSeen.observedAt.slice(0, 10)],
    ['paragraph', (item) => item.text],
  ],
};

export const revisions: ListingQuery<RevisionRecord> = {
  name: 'revisions',
  description: 'the revisions of a page',
  declare: (command) => command.argument('<page>', 'id of the page'),
  request: ({ page }) => ({ path: pagePath(page, '/revisions'), limit: ALL_REVISIONS }),
  empty: 'The page was not seen yet.',
  columns: [
    ['rev', (record) => String(record.number)],
    ['id', (record) => shortName(record.id)],
    ['seen', (record) => minute(record.observedAt)],
    ['par', (record) => String(record.paragraphs)],
    ['changes', (record) => String(record.changes)],
    ['sha-256', (record) => record.sha256.slice(0, 12)],
    ['remarks', remarks],
  ],
};

export const coverage: ListingQuery<CoverageDay> = {
  name: 'coverage',
  description: 'the days on which a page was looked at, and what was found',
  declare: (command) =>
    command
      .argument('<page>', 'id of the page')
      .option('--from <day>', 'first day, month or year (YYYY-MM-DD, YYYY-MM, YYYY); 30 days when left out')
      .option('--to <day>', 'last day, month or year; today when left out')
      .addOption(limit()),
  request: ({ page, from, to, limit = DEFAULT_LIMIT }) => ({
    path: pagePath(page, '/coverage'),
    parameters: { from, to },
    limit,
  }),
  empty: 'There is no such day.',
  columns: [
    ['day', (item) => item.day],
    ['looks', (item) => String(item.looks.length)],
    ['seen', (item) => String(item.believed)],
    ['changed', (item) => String(item.changed)],
    ['refused', (item) => String(item.refused)],
    ['failed', (item) => String(item.failed)],
    ['first', (item) => item.looks[0]?.time ?? '-'],
    ['last', (item) => item.looks.at(-1)?.time ?? '-'],
  ],
};

/** Every listing of the command line, in the order of `--help`. */
export const LISTINGS: readonly ListingQuery<never>[] = [pages, timeline, revisions, coverage];
