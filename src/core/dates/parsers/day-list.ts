import { type Candidate, calendar } from '../candidate.ts';
import type { DayNumber } from './parts.ts';

/** The month and year that a list of days shares, and the span of the words that name them. */
export interface MonthOfDays {
  readonly year: number | null;
  readonly month: number;
  readonly start: number;
  readonly end: number;
  readonly misspelt: boolean;
}

/**
 * Days that share a month ("6-7 January", "May 4 and 5") as candidates: two joined as a range make one span, listed
 * ones stay apart, and the month's own words belong to the day next to them.
 */
export function candidatesOfDays(days: readonly DayNumber[], month: MonthOfDays): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [index, day] of days.entries()) {
    const shape = calendar(month.year, month.month, day.day);
    const last = index === days.length - 1;
    const start = index === 0 ? Math.min(month.start, day.start) : day.start;
    const end = last ? Math.max(month.end, day.end) : day.end;
    const previous = found.at(-1);
    if (day.joined === 'range' && previous?.shape.kind === 'calendar' && (previous.shape.day ?? 0) < day.day) {
      found[found.length - 1] = { ...previous, end, shape: { kind: 'span', from: previous.shape, to: shape } };
    } else found.push({ start, end, shape, misspelt: month.misspelt });
  }
  return found;
}
