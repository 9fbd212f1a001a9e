import { formatDay, formatMonth, formatYear } from '../calendar.ts';
import type { Calendar, Candidate, Shape, Unit } from '../candidate.ts';
import type { Granularity } from '../types.ts';

/** ISO 8601 of a date as far as it goes; what is unknown is written X. */
export function formatCalendar({ year, month, day }: Calendar): string {
  if (day !== null) return formatDay(year, month, day);
  if (month !== null) return formatMonth(year, month);
  return year === null ? 'XXXX' : formatYear(year);
}

const LETTERS: Readonly<Record<Unit, string>> = { day: 'D', week: 'W', month: 'M', year: 'Y' };

function written(date: Calendar): string {
  return formatCalendar(date.borrowed === true ? { ...date, year: null } : date);
}

/**
 * What the characters say, before any context: `XXXX-01-12`, `XXXX-WXX-4` for a Thursday, a signed duration
 * (ISO 8601-2) for what is counted from elsewhere: `P2D` for "two days later", `-P1M` for "last month".
 */
export function literalOf(shape: Shape): string {
  switch (shape.kind) {
    case 'calendar':
      return written(shape);
    case 'span':
      return `${written(shape.from)}/${written(shape.to)}`;
    case 'weekday':
      return `XXXX-WXX-${shape.weekday}`;
    case 'offset':
      return `${shape.amount < 0 ? '-' : ''}P${Math.abs(shape.amount)}${LETTERS[shape.unit]}`;
    case 'weekOfMonth':
      return `${formatMonth(shape.year, shape.month)}-WXX`;
    case 'isoWeek':
      return `${formatYear(shape.year)}-W${String(shape.week).padStart(2, '0')}`;
  }
}

function ofCalendar(date: Calendar): Granularity {
  return date.day !== null ? 'day' : date.month !== null ? 'month' : 'year';
}

/** The granularity of a shape; a season ("the 2014-15 war") that qualifies a noun is one year of its own kind. */
export function granularityOf({ shape, attribute }: Candidate): Granularity {
  switch (shape.kind) {
    case 'calendar':
      return ofCalendar(shape);
    case 'span':
      return attribute === true && ofCalendar(shape.from) === 'year' ? 'year' : 'range';
    case 'weekday':
      return 'day';
    case 'offset':
      return shape.unit;
    case 'weekOfMonth':
      return shape.weeks === 1 ? 'week' : 'range';
    case 'isoWeek':
      return 'week';
  }
}
