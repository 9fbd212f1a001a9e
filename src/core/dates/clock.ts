import { addDays, addMonths, type Day, daysInMonth, epochDay, weekdayOf } from './calendar.ts';
import type { Period } from './period.ts';

/** A point of the story as far as it is known. */
export interface Point {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

/** Months since year 0; a point without a month counts as its January. */
export function monthIndex(point: { readonly year: number; readonly month: number | null }): number {
  return point.year * 12 + (point.month ?? 1) - 1;
}

/** The day of a point, where it has one. */
export function dayOf(point: Point | null): Day | null {
  if (point === null || point.month === null || point.day === null) return null;
  return { year: point.year, month: point.month, day: point.day };
}

/** On a page with a period: the year that puts the month nearest to the period, the period's own on a tie. */
export function yearByPeriod(period: Period, month: number): number {
  if (period.month === null) return period.year;
  const distance = month - period.month;
  if (distance > 6) return period.year - 1;
  return distance < -6 ? period.year + 1 : period.year;
}

/** A chronicle goes forward: months passed over backwards weigh more than months passed forwards. */
const BACKWARD = 1.6;
/** What comes next in the same paragraph weighs less than what came before. */
const AHEAD = 0.6;

function cost(from: Point, to: number): number {
  if (from.month === null) {
    const years = Math.floor(to / 12) - from.year;
    return years === 0 ? 0 : years > 0 ? years * 12 : -years * 12 * BACKWARD;
  }
  const months = to - monthIndex(from);
  return months >= 0 ? months : -months * BACKWARD;
}

/**
 * In prose without a period: the year that continues the story best, from the point reached to the next date that the
 * paragraph gives in full. Null where neither is known.
 */
export function yearByStory(reached: Point | null, ahead: Point | null, month: number): number | null {
  const years = new Set<number>();
  if (reached !== null) for (const step of [0, 1, -1]) years.add(reached.year + step);
  if (ahead !== null) for (const step of [0, -1]) years.add(ahead.year + step);
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const year of years) {
    const at = year * 12 + month - 1;
    let total = reached === null ? 0 : cost(reached, at);
    if (ahead !== null) {
      const point: Point = { year, month, day: null };
      total += AHEAD * cost(point, ahead.month === null ? ahead.year * 12 + month - 1 : monthIndex(ahead));
    }
    if (total < least) {
      least = total;
      best = year;
    }
  }
  return best;
}

/** The weekday nearest to a day: that very day, else within three days; `step` asks for the one before or after. */
export function weekdayNear(anchor: Day, weekday: number, step: -1 | 0 | 1): Day {
  const ahead = (weekday - weekdayOf(anchor) + 7) % 7;
  if (step === 1) return addDays(anchor, ahead === 0 ? 7 : ahead);
  if (step === -1) return addDays(anchor, ahead === 0 ? -7 : ahead - 7);
  return addDays(anchor, ahead > 3 ? ahead - 7 : ahead);
}

/** A point moved by months, its day kept where the month has it. */
export function movedByMonths(point: Point, months: number): Point {
  if (point.month === null) return { year: point.year + Math.trunc(months / 12), month: null, day: null };
  const to = addMonths(point.year, point.month, months);
  return { ...to, day: point.day === null ? null : Math.min(point.day, daysInMonth(to.year, to.month)) };
}

/** Days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return epochDay(to) - epochDay(from);
}
