import type { TimelineEntry } from '#core/history/types.ts';
import type { HistoryStore, Listing, Paging, TimelineQuery } from '../ports.ts';
import type { TimelineRequest } from './types.ts';

/** Entries asked of the store at a time. */
const BATCH = 250;

/** Sorts before every date. With a bound the store leaves out the entries without a date. */
const FIRST_DATE = '0';

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
  request: TimelineRequest,
  start: Start | null,
): AsyncGenerator<TimelineEntry[]> {
  const newestFirst = request.newestFirst === true;
  const resumed = start?.date ?? null;
  const from = resumed === null || newestFirst ? (request.from ?? FIRST_DATE) : laterStart(request.from, resumed);
  const to = resumed === null || !newestFirst ? request.to : earlierEnd(request.to, resumed);
  const query: Omit<TimelineQuery, 'limit' | 'after'> = {
    ...(request.page === undefined ? {} : { pageId: request.page }),
    from,
    ...(to === undefined ? {} : { to }),
    newestFirst,
  };
  const entries = whole((paging) => history.timeline({ ...query, ...paging }));
  yield* grouped(entries, ({ date }) => (date === null || isBefore(date, resumed, newestFirst) ? null : date));
}

/** Stored entries without a date, all of one page at a time, by page id. Begins with the page of `start`. */
export async function* undatedPages(
  history: HistoryStore,
  pageId: string | undefined,
  start: Start | null,
): AsyncGenerator<TimelineEntry[]> {
  const query = pageId === undefined ? (start === null ? {} : { fromPage: start.page }) : { pageId };
  const entries = whole((paging) => history.undated({ ...query, ...paging }));
  yield* grouped(entries, (entry) => entry.pageId);
}

/** Neighbours of one name together; entries with the name null are left out. */
async function* grouped(
  entries: AsyncIterable<TimelineEntry>,
  nameOf: (entry: TimelineEntry) => string | null,
): AsyncGenerator<TimelineEntry[]> {
  let group: TimelineEntry[] = [];
  let groupName: string | null = null;
  for await (const entry of entries) {
    const name = nameOf(entry);
    if (name === null) continue;
    if (name !== groupName && group.length > 0) {
      yield group;
      group = [];
    }
    groupName = name;
    group.push(entry);
  }
  if (group.length > 0) yield group;
}

async function* whole(ask: (paging: Paging) => Promise<Listing<TimelineEntry>>): AsyncGenerator<TimelineEntry> {
  let after: string | null = null;
  do {
    const batch: Listing<TimelineEntry> = await ask({ limit: BATCH, ...(after === null ? {} : { after }) });
    yield* batch.items;
    after = batch.next;
  } while (after !== null);
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

/** `2022-01` as an upper bound also lets its days through, which sort before it when the newest come first. */
function isBefore(date: string, resumed: string | null, newestFirst: boolean): boolean {
  if (resumed === null) return false;
  return newestFirst ? date > resumed : date < resumed;
}
