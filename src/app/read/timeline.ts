import type { TimelineEntry } from '#core/history/types.ts';
import type { HistoryStore, Listing } from '../ports.ts';
import { badCursor, decodeCursor, encodeCursor } from './cursor.ts';
import { datedDays, undatedPages } from './days.ts';
import { Heads } from './heads.ts';
import { findTracked } from './pages.ts';
import type { TimelineItem, TimelineRequest } from './types.ts';

/** Most stored entries that one request reads before it returns its items and a cursor. */
const SCAN_LIMIT = 20_000;

/** `date` is null in the listing of undated paragraphs. `asOf` holds the listing to the state in which it began. */
const CURSOR = { date: 'string?', page: 'string', at: 'number', id: 'string', asOf: 'string' } as const;

/** Sorts after every page id: these are made of lower-case letters, digits, ".", "_" and "-". */
const BEYOND_PAGES = '~';

interface Position {
  readonly date: string | null;
  readonly page: string;
  readonly at: number;
  readonly id: string;
}

/**
 * The paragraphs of all pages by event date. Within a day: by page id, then in the order of the page. A listing over
 * several requests leaves out what was observed after the first one.
 * @param now the current instant, ISO 8601 UTC.
 * @throws NotFoundError for an unknown page, UsageError for a cursor of another listing.
 */
export async function readTimeline(
  history: HistoryStore,
  request: TimelineRequest,
  now: () => string,
): Promise<Listing<TimelineItem>> {
  const start = request.after === undefined ? null : readPosition(request.after);
  const heads = new Heads(history);
  if (request.page !== undefined) await findTracked(history, heads, request.page);
  const asOf = start?.asOf ?? request.asOf ?? now();

  const mentions = showsMentions(request);
  const groups =
    request.undated === true ? undatedPages(history, request.page, start) : datedDays(history, request, start);
  const items: TimelineItem[] = [];
  const cursor = (position: Position) => encodeCursor('timeline', { ...position, asOf });
  let scanned = 0;
  for await (const group of groups) {
    scanned += group.length;
    const shown = decide(await heads.visible(group), asOf)
      .filter((item) => item.main || mentions)
      .filter((item) => item.present || request.includeRemoved === true)
      .filter((item) => start === null || isAfter(item, start));
    for (const item of shown) {
      const last = items.at(-1);
      if (items.length === request.limit && last !== undefined) return { items, next: cursor(position(last)) };
      items.push(item);
    }
    const date = group[0]?.date ?? null;
    const end = group.at(-1);
    if (scanned >= SCAN_LIMIT && end !== undefined) return { items, next: cursor(endOf(date, end.pageId)) };
  }
  return { items, next: null };
}

function readPosition(cursor: string): Position & { readonly asOf: string } {
  const position = decodeCursor('timeline', CURSOR, cursor);
  // The date goes to the store as a bound of its keys.
  if (position.date !== null && !/^\d{4}(-\d{2}){0,2}$/.test(position.date)) throw badCursor();
  return position;
}

/** Of all entries of a paragraph under one day, the last that is true at `asOf` decides. */
function decide(group: readonly TimelineEntry[], asOf: string): TimelineItem[] {
  const last = new Map<string, TimelineEntry>();
  for (const entry of group) {
    if (entry.observedAt > asOf) continue;
    const key = `${entry.pageId}/${entry.paragraphId}`;
    const other = last.get(key);
    if (other === undefined || entry.revision > other.revision) last.set(key, entry);
  }
  return [...last.values()]
    .map((entry) => ({ ...entry, main: entry.date === entry.eventDate }))
    .sort((a, b) => compare(position(a), position(b)));
}

/** Unless the asker chooses: a single day is asked for to see all about it, a longer time to read each paragraph once. */
export function showsMentions({ mentions, from, to }: Pick<TimelineRequest, 'mentions' | 'from' | 'to'>): boolean {
  return mentions ?? (from !== undefined && from.length === 'yyyy-mm-dd'.length && from === to);
}

function position(item: TimelineItem): Position {
  return { date: item.date, page: item.pageId, at: item.at, id: item.paragraphId };
}

/** Past everything of a group that was looked at whole: a date of all pages, or the undated of one. */
function endOf(date: string | null, page: string): Position {
  return { date, page: date === null ? page : BEYOND_PAGES, at: Number.MAX_SAFE_INTEGER, id: '' };
}

function compare(a: Position, b: Position): number {
  if (a.page !== b.page) return a.page < b.page ? -1 : 1;
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Groups before the cursor's are never read again, so only its own group holds items that were handed out. */
function isAfter(item: TimelineItem, start: Position): boolean {
  return item.date !== start.date || compare(position(item), start) > 0;
}
