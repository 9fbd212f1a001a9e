import { addDays, type Day, weekdayOf } from '../calendar.ts';
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

/**
 * On a page with a period: the year of a month without one. Writers leave out the page's own year; another only where it
 * is near: the autumn before a page of winter, or what is announced for the months after a page of autumn.
 */
export function yearByPeriod(period: Period, month: number, announced: boolean): number {
  if (period.month === null) return period.year;
  const distance = month - period.month;
  if (distance >= 6 && !announced) return period.year - 1;
  return distance === -11 || (announced && distance <= -6) ? period.year + 1 : period.year;
}

/** The weekday nearest to a day: that very day, else within three days; `step` asks for the one before or after. */
export function weekdayNear(anchor: Day, weekday: number, step: -1 | 0 | 1): Day {
  const ahead = (weekday - weekdayOf(anchor) + 7) % 7;
  if (step === 1) return addDays(anchor, ahead === 0 ? 7 : ahead);
  if (step === -1) return addDays(anchor, ahead === 0 ? -7 : ahead - 7);
  return addDays(anchor, ahead > 3 ? ahead - 7 : ahead);
}
