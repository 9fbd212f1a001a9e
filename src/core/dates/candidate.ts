import { formatDay, formatMonth, formatYear } from './calendar.ts';
import type { Granularity } from './types.ts';

/**
 * What parsers produce: a span of one text and the shape of time it names, before any context is applied. A new shape
 * needs its interface, literal, calendar date and granularity here, and its value in `resolve/resolver.ts`.
 */

/** A date as far as the text gives it: day, month and year are null where they are not written. */
export interface Calendar {
  readonly kind: 'calendar';
  /** Astronomical year. */
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** The year is written with a neighbour that this date is joined to, not in its own words. */
  readonly borrowed?: boolean;
}

/** From one date to another, both of the same precision. */
export interface Span {
  readonly kind: 'span';
  readonly from: Calendar;
  readonly to: Calendar;
}

/** "Thursday" (step 0), "last Thursday" (-1), "next Thursday" (1). Monday is 1. */
export interface Weekday {
  readonly kind: 'weekday';
  readonly weekday: number;
  readonly step: -1 | 0 | 1;
}

export type Unit = 'day' | 'week' | 'month' | 'year';

/** So many units after (before, if negative) the day, week, month or year in question. */
export interface Offset {
  readonly kind: 'offset';
  readonly unit: Unit;
  readonly amount: number;
  /** "this month" and "a year ago" count from the page's present; "that month" and "a year later" from the story's. */
  readonly from: 'present' | 'story';
  /** "the coming week": from Thursday on, the week after. */
  readonly coming?: boolean;
}

/**
 * "the first week of May", "the last two weeks of May": counted in sevens from the month's start (or back from its
 * end).
 */
export interface WeekOfMonth {
  readonly kind: 'weekOfMonth';
  readonly year: number | null;
  readonly month: number;
  /** 1-4 from the start; -1 the last. */
  readonly ordinal: number;
  readonly weeks: number;
}

/** A week by its ISO number. */
export interface IsoWeek {
  readonly kind: 'isoWeek';
  readonly year: number;
  readonly week: number;
}

export type Shape = Calendar | Span | Weekday | Offset | WeekOfMonth | IsoWeek;

export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly shape: Shape;
  /** The month's name was misspelt and is repaired in the shape. */
  readonly misspelt?: boolean;
  /** A numeric date whose day and month could change places. */
  readonly swappable?: boolean;
  /** Written in figures alone, as machines and forms do: its year is not mistyped. */
  readonly figures?: boolean;
  /** The year qualifies a noun. */
  readonly attribute?: boolean;
}

/** A calendar shape; what is not given is unknown. */
export function calendar(year: number | null, month: number | null, day: number | null): Calendar {
  return { kind: 'calendar', year, month, day };
}

/** ISO 8601 of a date as far as it goes; what is unknown is written X. */
export function formatCalendar({ year, month, day }: Pick<Calendar, 'year' | 'month' | 'day'>): string {
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

/** The calendar date that a shape writes, or begins with; null for one that is counted from elsewhere. */
export function calendarOf(shape: Shape): Calendar | null {
  switch (shape.kind) {
    case 'calendar':
      return shape;
    case 'span':
      return shape.from;
    case 'weekOfMonth':
      return calendar(shape.year, shape.month, null);
    case 'weekday':
    case 'offset':
    case 'isoWeek':
      return null;
  }
}

/** How far a date is written. */
export function precisionOf(date: Calendar): 'day' | 'month' | 'year' {
  return date.day !== null ? 'day' : date.month !== null ? 'month' : 'year';
}

/** The granularity of a shape; a season ("the 2014-15 war") that qualifies a noun is one year of its own kind. */
export function granularityOf({ shape, attribute }: Candidate): Granularity {
  switch (shape.kind) {
    case 'calendar':
      return precisionOf(shape);
    case 'span':
      return attribute === true && precisionOf(shape.from) === 'year' ? 'year' : 'range';
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
