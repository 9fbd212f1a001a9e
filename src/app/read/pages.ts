import { type CheckState, isWatched } from '#core/schedule/check.ts';
import { LONGEST_PAUSE_MINUTES } from '#core/schedule/interval.ts';
import { CLOCK_SKEW_MS, isImplausible } from '#core/schedule/plausible.ts';
import { summarize } from '#core/schedule/summary.ts';
import type { HistoryStore, ListedCheck, Listing, Paging } from '../ports.ts';
import { badCursor, decodeCursor, encodeCursor } from './cursor.ts';
import { NotFoundError, quoted } from './errors.ts';
import type { Heads } from './heads.ts';
import { addedSeriesOf } from './series.ts';
import type { ListedPage, PageSummary } from './types.ts';

/** Intervals by which a late check shows that checks have stopped. */
const LATE_INTERVALS = 3;
/** Shortest lateness that counts, milliseconds: a queue may hold a job back for a while. */
const LATE_AT_LEAST_MS = 15 * 60_000;

const CURSOR = { page: 'string' } as const;
const PAGE_ID = /^[a-z0-9][a-z0-9._-]{0,79}$/;

/**
 * Tracked pages by id, retired and paused ones too, as they were when their last check was recorded.
 * @throws UsageError for a cursor of another listing.
 */
export async function listPages(
  history: HistoryStore,
  { limit, after }: Paging,
  now: () => string,
): Promise<Listing<ListedPage>> {
  const last = after === undefined ? null : decodeCursor('pages', CURSOR, after).page;
  if (last !== null && !PAGE_ID.test(last)) throw badCursor();
  const { items, next } = await history.pages({ limit, ...(last === null ? {} : { after: last }) });
  const at = now();
  const series = await addedSeriesOf(history, items);
  return {
    items: items.map((check) => listed(check, series, at)),
    next: next === null ? null : encodeCursor('pages', { page: next }),
  };
}

/** The names that pages are shown by. */
export async function namesOf(history: HistoryStore, pageIds: readonly string[]): Promise<Map<string, string>> {
  const checks = await history.checksOf(pageIds);
  return new Map(pageIds.map((id) => [id, checks.get(id)?.page.name ?? checks.get(id)?.summary.title ?? id]));
}

/** @throws NotFoundError when no such page is tracked. */
export async function findPage(history: HistoryStore, pageId: string, now: () => string): Promise<PageSummary> {
  const [check, head, health] = await Promise.all([
    history.check(pageId),
    history.head(pageId),
    history.health(pageId),
  ]);
  if (check === null) throw noSuchPage(pageId);
  const series = await addedSeriesOf(history, [check]);
  const page = listed({ ...check, summary: summarize(head, health) }, series, now());
  const details = { detail: health?.state.detail ?? null, events: health?.events ?? [] };
  return { ...page, title: head?.title ?? null, health: { ...page.health, ...details } };
}

/** @throws NotFoundError when no such page is tracked. */
export async function findTracked(history: HistoryStore, heads: Heads, pageId: string): Promise<void> {
  if ((await heads.of(pageId)) === null && (await history.check(pageId)) === null) throw noSuchPage(pageId);
}

export function noSuchPage(pageId: string): NotFoundError {
  return new NotFoundError(`No page with the id ${quoted(pageId)} is tracked: ask for the list of pages`);
}

/** The lease is loaded for a page that is shown alone. */
type ShownCheck = ListedCheck & Partial<Pick<CheckState, 'leasedUntil'>>;

function listed(check: ShownCheck, addedSeries: ReadonlySet<string>, now: string): ListedPage {
  const { page, retired, lastCheckedAt, summary } = check;
  const { revision, observedAt, state, reason, since, ...shown } = summary;
  const nextCheckAt = isWatched(check) ? check.dueAt : null;
  const overdue = isOverdue(check, now);
  const isAdded = check.added !== undefined || (page.series !== null && addedSeries.has(page.series));
  return {
    ...page,
    ...shown,
    retired,
    paused: check.paused !== undefined,
    source: retired ? null : isAdded ? 'added' : 'config',
    revisions: revision,
    lastChangedAt: observedAt,
    health: { pageId: page.id, state: state ?? 'unknown', reason, since, lastCheckedAt, nextCheckAt, overdue },
  };
}

function isOverdue(check: ShownCheck, now: string): boolean {
  if (!isWatched(check)) return false;
  const latest = Date.parse(now) + CLOCK_SKEW_MS;
  // A clock that ran ahead made the last check, so that it is unknown when that was.
  if (isImplausible(check.lastCheckedAt, latest)) return true;
  if (isImplausible(check.leasedUntil ?? check.dueAt, latest + LONGEST_PAUSE_MINUTES * 60_000)) return true;
  const due = Date.parse(check.dueAt);
  const interval = check.lastCheckedAt === null ? 0 : due - Date.parse(check.lastCheckedAt);
  return Date.parse(now) - due > Math.max(LATE_INTERVALS * interval, LATE_AT_LEAST_MS);
}
