import type { Head, TimelineEntry } from '#core/history/types.ts';
import type { HistoryStore, TimelineQuery } from '../ports.ts';
import type { TimelineRequest } from './types.ts';

/** Entries asked of the store at a time. */
const BATCH = 250;

interface Start {
  readonly date: string | null;
  readonly page: string;
}

/**
 * Stored entries, all of one event date at a time: a paragraph under a date is complete only when every entry
 * of that date was seen. Begins with the date of `start`.
 */
export async function* datedDays(
  history: HistoryStore,
  scope: readonly Head[],
  request: TimelineRequest,
  start: Start | null,
): AsyncGenerator<TimelineEntry[]> {
  const bounds = dateBounds(scope);
  if (bounds === null) return;
  const newestFirst = request.newestFirst === true;
  // A store keeps a year a partition: it is never sent to look through years in which nothing can be.
  let from = laterStart(request.from, bounds.from);
  let to = earlierEnd(request.to, bounds.to);
  const resumed = start?.date ?? null;
  if (resumed !== null && newestFirst) to = earlierEnd(to, resumed);
  if (resumed !== null && !newestFirst) from = laterStart(from, resumed);
  if (beginsAfter(from, to)) return;

  const query = { ...(request.page === undefined ? {} : { pageId: request.page }), from, to, newestFirst };
  let day: TimelineEntry[] = [];
  for await (const entry of entries(history, query)) {
    if (entry.date === null || isBefore(entry.date, resumed, newestFirst)) continue;
    if (day[0] !== undefined && day[0].date !== entry.date) {
      yield day;
      day = [];
    }
    day.push(entry);
  }
  if (day.length > 0) yield day;
}

/** Stored entries without a date, all of one page at a time, by page id. Begins with the page of `start`. */
export async function* undatedPages(
  history: HistoryStore,
  scope: readonly Head[],
  start: Start | null,
): AsyncGenerator<TimelineEntry[]> {
  const ids = scope.map((head) => head.pageId).sort();
  for (const pageId of ids) {
    if (start !== null && pageId < start.page) continue;
    const undated: TimelineEntry[] = [];
    // Undated entries sort after every date, so that from the end they come first.
    for await (const entry of entries(history, { pageId, newestFirst: true })) {
      if (entry.date !== null) break;
      undated.push(entry);
    }
    if (undated.length > 0) yield undated;
  }
}

async function* entries(
  history: HistoryStore,
  query: Omit<TimelineQuery, 'limit' | 'after'>,
): AsyncGenerator<TimelineEntry> {
  let after: string | null = null;
  do {
    const batch = await history.timeline({ ...query, limit: BATCH, ...(after === null ? {} : { after }) });
    yield* batch.items;
    after = batch.next;
  } while (after !== null);
}

function dateBounds(heads: readonly Head[]): { from: string; to: string } | null {
  let bounds: { from: string; to: string } | null = null;
  for (const { oldestDate, newestDate } of heads) {
    if (oldestDate === null || newestDate === null) continue;
    const from: string = bounds === null || oldestDate < bounds.from ? oldestDate : bounds.from;
    const to: string = bounds === null || newestDate > bounds.to ? newestDate : bounds.to;
    bounds = { from, to };
  }
  return bounds;
}

/** Of two lower bounds the one that leaves less. As text: `2022-01` sorts before all of its days. */
function laterStart(a: string | undefined, b: string): string {
  return a === undefined || a < b ? b : a;
}

/** Of two upper bounds the one that leaves less: `2022-01` lets all of January through, `2022-01-09` does not. */
function earlierEnd(a: string | undefined, b: string): string {
  return a === undefined || endOf(a) > endOf(b) ? b : a;
}

/** Above every date that begins with `date`, below every later one. */
function endOf(date: string): string {
  return `${date}~`;
}

function beginsAfter(from: string, to: string): boolean {
  return from > endOf(to);
}

/** `2022-01` as an upper bound also lets its days through, which sort before it when the newest come first. */
function isBefore(date: string, resumed: string | null, newestFirst: boolean): boolean {
  if (resumed === null) return false;
  return newestFirst ? date > resumed : date < resumed;
}
