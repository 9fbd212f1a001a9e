import { lastInstant, spanOf } from '#core/history/instants.ts';
import { type LookOutcome, looksOf } from '#core/schedule/looks.ts';
import type { HistoryStore, Listing } from '../ports.ts';
import { badCursor, decodeCursor, encodeCursor } from './cursor.ts';
import { findPage } from './pages.ts';

export interface CoverageRequest {
  /** Inclusive days: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. Absent: the last 30 days, up to `to`. */
  readonly from?: string;
  /** Absent: today. */
  readonly to?: string;
  /** Most days. */
  readonly limit: number;
  readonly after?: string;
}

/** When a page was looked at on one day, UTC, and what was found; a day without looks has none. */
export interface CoverageDay {
  readonly day: string;
  /** Looks with an answer that was believed: the page was seen, with or without a change. */
  readonly believed: number;
  readonly changed: number;
  readonly refused: number;
  readonly failed: number;
  /** In the order of their times; `time` is `HH:MM`, UTC. */
  readonly looks: readonly { readonly time: string; readonly outcome: LookOutcome }[];
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const KIND = 'coverage';

/** Every day between two days, the oldest first. @throws NotFoundError when no such page is tracked. */
export async function readCoverage(
  history: HistoryStore,
  pageId: string,
  request: CoverageRequest,
  now: () => string,
): Promise<Listing<CoverageDay>> {
  await findPage(history, pageId, now);
  const to = lastDayOf(request.to ?? now().slice(0, 10));
  const from = request.from === undefined ? plusDays(to, 1 - DEFAULT_DAYS) : firstDayOf(request.from);
  const first = request.after === undefined ? from : begun(request.after);
  const last = least(to, plusDays(first, request.limit - 1));
  if (first > last) return { items: [], next: null };
  const stored = new Map((await history.looks(pageId, first, last)).map((day) => [day.day, looksOf(day)]));
  const items: CoverageDay[] = [];
  for (let day = first; day <= last; day = plusDays(day, 1)) items.push(coverageOf(day, stored.get(day) ?? []));
  return { items, next: last < to ? encodeCursor(KIND, { day: plusDays(last, 1) }) : null };
}

function coverageOf(day: string, looks: CoverageDay['looks']): CoverageDay {
  const count = (outcome: LookOutcome) => looks.filter((look) => look.outcome === outcome).length;
  const changed = count('changed');
  const believed = count('unchanged') + changed;
  return { day, believed, changed, refused: count('refused'), failed: count('failed'), looks };
}

function begun(after: string): string {
  const { day } = decodeCursor(KIND, { day: 'string' }, after);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) throw badCursor();
  return day;
}

const plusDays = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
const least = (a: string, b: string) => (a < b ? a : b);
const firstDayOf = (date: string) => spanOf(date)?.start.slice(0, 10) ?? date;
function lastDayOf(date: string): string {
  const span = spanOf(date);
  return span === null ? date : lastInstant(span).slice(0, 10);
}
