import { later } from '../dates/calendar.ts';
import type { DatedBlock } from '../dates/types.ts';
import { hasEvidence } from './dating.ts';
import type { Paragraph } from './types.ts';

/** An addition is late when its event is at least so many days older than the newest one. */
const LATE_DAYS = 3;

/** So many times more steps one way than the other make a direction. */
const MIN_DIRECTION_RATIO = 1.5;

/** Compares two ISO dates, also of different granularity: negative when all of `a` is before `b`. */
export function compareDates(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  const left = a.slice(0, length);
  const right = b.slice(0, length);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Days since 1970. A month counts as its last day: an addition dated "January" is not late on the 20th. */
function days(date: string): number {
  const [year = 1970, month = 12, day = 31] = date.split('-').map(Number);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** Whether a page has its newest paragraphs at the top or at the end. */
export type Direction = 'newest-first' | 'oldest-first' | 'unknown';

/** Reads the page's order from the paragraphs with evidence of their date. */
export function directionOf(blocks: readonly DatedBlock[]): Direction {
  let down = 0;
  let up = 0;
  let last: string | null = null;
  for (const block of blocks) {
    if (!hasEvidence(block) || block.date === null) continue;
    if (last !== null) {
      const order = compareDates(last, block.date);
      if (order > 0) down++;
      if (order < 0) up++;
    }
    last = block.date;
  }
  if (down > up * MIN_DIRECTION_RATIO) return 'newest-first';
  if (up > down * MIN_DIRECTION_RATIO) return 'oldest-first';
  return 'unknown';
}

/** The newest day of a reported event; announced events do not count. Null where there is none. */
export function newestDate(blocks: readonly DatedBlock[]): string | null {
  let newest: string | null = null;
  for (const block of blocks) {
    if (!hasEvidence(block) || block.date === null || block.date.length < 10) continue;
    if (block.mentions.some((mention) => mention.role === 'scheduled' && mention.value === block.date)) continue;
    newest = later(newest, block.date);
  }
  return newest;
}

/**
 * Recognises late additions: the event is days older than the newest one, or the page already has a newer paragraph on
 * the newer side of it (above it where the newest are on top, below it where they are at the end).
 * @param newestSoFar the newest event date of all revisions so far.
 */
export function lateness(
  before: readonly Paragraph[],
  after: readonly DatedBlock[],
  source: Int32Array,
  newestSoFar: string | null,
): (j: number) => boolean {
  const newest = later(newestSoFar, newestDate(before));
  const byBefore = directionOf(before);
  const direction = byBefore === 'unknown' ? directionOf(after) : byBefore;
  const sides = newerSides(before, source, direction);
  return (j) => {
    const date = after[j]?.date ?? null;
    if (newest === null) return false;
    if (date !== null && days(newest) - days(date) >= LATE_DAYS) return true;
    const side = sides[j];
    if (side === undefined || side.nearest === null || side.newest === null) return false;
    // An undated paragraph is as old as its neighbour.
    if (date === null) return compareDates(side.nearest, newest) < 0;
    return compareDates(date, side.newest) < 0 && compareDates(date, newest) < 0;
  };
}

/** The dates that the page already had on the newer side of a position; null without any. */
interface NewerSide {
  readonly nearest: string | null;
  readonly newest: string | null;
}

function newerSides(before: readonly Paragraph[], source: Int32Array, direction: Direction): NewerSide[] {
  let side: NewerSide = { nearest: null, newest: null };
  const sides = new Array<NewerSide>(source.length).fill(side);
  if (direction === 'unknown') return sides;
  const step = direction === 'newest-first' ? 1 : -1;
  for (let j = step === 1 ? 0 : source.length - 1; j >= 0 && j < source.length; j += step) {
    sides[j] = side;
    const old = before[source[j] ?? -1];
    if (old === undefined || old.date === null || !hasEvidence(old)) continue;
    const isNewest = side.newest === null || compareDates(old.date, side.newest) > 0;
    side = { nearest: old.date, newest: isNewest ? old.date : side.newest };
  }
  return sides;
}
