import { addDays, addMonths, daysInMonth, formatWeek, LATEST_YEAR } from '../calendar.ts';
import {
  type Calendar,
  type Candidate,
  formatCalendar,
  granularityOf,
  literalOf,
  type Offset,
  type Shape,
  type Weekday,
  type WeekOfMonth,
} from '../candidate.ts';
import { announces } from '../scan/clause.ts';
import { before } from '../scan/text.ts';
import type { Granularity, MentionBasis } from '../types.ts';
import { dayOf, type Point, weekdayNear, yearByPeriod } from './clock.ts';
import type { Period } from './period.ts';
import { repairYear } from './year-repair.ts';

/** A candidate with its meaning. */
export interface Resolved {
  readonly candidate: Candidate;
  readonly granularity: Granularity;
  readonly literal: string;
  readonly value: string | null;
  readonly basis: MentionBasis;
  /** The last day, month or year that the value names; null without one. */
  readonly to: Point | null;
}

type Meaning = Pick<Resolved, 'value' | 'basis' | 'to'>;

const UNKNOWN: Meaning = { value: null, basis: 'none', to: null };

function meaningOf(point: Point, basis: MentionBasis): Meaning {
  return { value: formatCalendar(point), basis, to: point };
}

/** What the resolver knows besides the candidate itself. */
export interface Surroundings {
  readonly text: string;
  /** The part of its sentence before the candidate. */
  readonly clause: string;
  /** The year that the whole story gives this candidate, on a page without a period. */
  readonly storyYear: number | null;
}

/**
 * Gives candidates their values in document order, remembering the last day named. With a period, the page's own
 * period supplies missing years and judges the written ones; without one, the story does.
 */
export class Resolver {
  readonly #period: Period | null;
  readonly #latest: Period | null;
  /** The last date read, at whatever precision, and the last full day. */
  #reached: Point | null = null;
  #day: Point | null = null;
  /** A year far from the period's that this paragraph is speaking of. */
  #digression: number | null = null;

  /** `latest` is the last month that a year left out may mean, on a page without a period or a story's years. */
  constructor(period: Period | null, latest: Period | null = null) {
    this.#period = period;
    this.#latest = latest;
  }

  /** Called before each block's candidates. `present` is the day on which the block before was dated. */
  enter(present: Point | null): void {
    this.#digression = null;
    if (present?.day != null) this.#day = present;
  }

  resolve(candidate: Candidate, around: Surroundings): Resolved {
    const { shape } = candidate;
    const meaning = this.#meaning(candidate, shape, around);
    if (meaning.to !== null && candidate.attribute !== true) this.#remember(meaning.to);
    return { candidate, granularity: granularityOf(candidate), literal: literalOf(shape), ...meaning };
  }

  #remember(point: Point): void {
    const year = this.#period?.year;
    // Only "in 2014" opens another time: "bombed on 3 May 1941" says nothing of the dates after it.
    if (year !== undefined)
      this.#digression = point.day === null && Math.abs(point.year - year) > 1 ? point.year : null;
    this.#reached = point;
    if (point.day !== null) this.#day = point;
  }

  #meaning(candidate: Candidate, shape: Shape, around: Surroundings): Meaning {
    switch (shape.kind) {
      case 'calendar':
        return this.#calendar(candidate, shape, around);
      case 'span':
        return this.#span(candidate, shape.from, shape.to, around);
      case 'weekday':
        return this.#weekday(shape);
      case 'offset':
        return this.#offset(shape);
      case 'weekOfMonth':
        return this.#weekOfMonth(shape, around);
      case 'isoWeek':
        return { value: literalOf(shape), basis: 'explicit', to: null };
    }
  }

  #calendar(candidate: Candidate, date: Calendar, around: Surroundings): Meaning {
    const month = date.month ?? (date.day === null ? null : (this.#reached?.month ?? this.#period?.month ?? null));
    if (month === null) {
      if (date.day !== null || date.year === null) return UNKNOWN;
      if (date.year > LATEST_YEAR && this.#period !== null) return UNKNOWN;
      return meaningOf({ year: date.year, month: null, day: null }, 'explicit');
    }
    let year = date.year;
    let basis: MentionBasis = candidate.misspelt === true ? 'corrected-month' : 'explicit';
    if (year === null || date.borrowed === true) {
      if (candidate.misspelt !== true) basis = 'inferred-year';
      // A slip in the year that two dates share is a slip in both.
      if (year !== null && this.#period === null) year = around.storyYear ?? year;
      year ??=
        date.month === null ? (this.#reached?.year ?? this.#period?.year ?? null) : this.#missingYear(month, around);
    } else {
      const repaired = this.#repaired(candidate, { year, month, day: date.day }, around);
      if (repaired === null) return UNKNOWN;
      if (repaired !== year) basis = 'corrected-year';
      year = repaired;
    }
    if (year === null) return UNKNOWN;
    if (date.day !== null && date.day > daysInMonth(year, month)) return UNKNOWN;
    return meaningOf({ year, month, day: date.day }, basis);
  }

  #missingYear(month: number, { storyYear, clause }: Surroundings): number | null {
    if (this.#period !== null) {
      return this.#digression ?? yearByPeriod(this.#period, month, announces(clause));
    }
    if (this.#latest === null) return storyYear;
    return month > (this.#latest.month ?? 12) ? this.#latest.year - 1 : this.#latest.year;
  }

  #repaired({ figures, start }: Candidate, date: Point, around: Surroundings): number | null {
    const { year } = date;
    if (figures === true && year <= LATEST_YEAR) return year;
    if (this.#period !== null) return repairYear(this.#period, date, before(around.text, start, 60));
    return around.storyYear ?? (year > LATEST_YEAR ? null : year);
  }

  #span(candidate: Candidate, from: Calendar, to: Calendar, around: Surroundings): Meaning {
    const first = this.#calendar(candidate, from, around);
    if (first.to === null) return UNKNOWN;
    const { year, month } = first.to;
    let end = to;
    if (to.year === null) {
      const over = (to.month ?? 0) < (from.month ?? 0) ? 1 : 0;
      end = { ...to, year: year + over, month: to.month ?? month, borrowed: true };
    } else if (from.year !== null) end = { ...to, year: to.year + (year - from.year) };
    const last = this.#calendar(candidate, end, { ...around, storyYear: end.year });
    if (last.to === null) return UNKNOWN;
    return { value: `${first.value}/${last.value}`, basis: first.basis, to: last.to };
  }

  #weekday(shape: Weekday): Meaning {
    const anchor = dayOf(this.#day);
    if (anchor === null) return UNKNOWN;
    return meaningOf(weekdayNear(anchor, shape.weekday, shape.step), 'weekday');
  }

  #offset({ unit, amount, from, coming }: Offset): Meaning {
    const period = this.#period;
    const reached = this.#reached ?? period;
    const month = period ?? reached;
    const present: Point | null = this.#day ?? (month && { ...month, day: null });
    const story: Point | null = reached === null ? null : { day: null, ...reached };
    const anchor = from === 'present' ? present : unit === 'day' || unit === 'week' ? this.#recentDay() : story;
    if (anchor === null) return UNKNOWN;
    if (unit === 'month' && anchor.month !== null) {
      return meaningOf({ ...addMonths(anchor.year, anchor.month, amount), day: null }, 'relative');
    }
    if (unit === 'year') return meaningOf({ year: anchor.year + amount, month: null, day: null }, 'relative');
    const day = dayOf(anchor);
    if (day === null) return UNKNOWN;
    if (unit === 'week') {
      const to = addDays(day, amount * 7 + (coming === true ? 4 : 0));
      return { value: formatWeek(to), basis: 'relative', to: null };
    }
    return unit === 'day' ? meaningOf(addDays(day, amount), 'relative') : UNKNOWN;
  }

  /** The last full day, unless the story has since moved to a month or year that does not hold it. */
  #recentDay(): Point | null {
    const [day, reached] = [this.#day, this.#reached];
    if (day === null || reached === null || reached.day !== null) return day;
    const same = reached.year === day.year && (reached.month === null || reached.month === day.month);
    return same ? day : null;
  }

  #weekOfMonth(shape: WeekOfMonth, around: Surroundings): Meaning {
    const year = shape.year ?? this.#missingYear(shape.month, around);
    if (year === null) return UNKNOWN;
    const length = daysInMonth(year, shape.month);
    const first = shape.ordinal > 0 ? 1 + 7 * (shape.ordinal - 1) : length - 7 * shape.weeks + 1;
    const middle = addDays({ year, month: shape.month, day: first }, 3);
    const to = { year, month: shape.month, day: null };
    const basis = shape.year === null ? 'inferred-year' : 'explicit';
    if (shape.weeks === 1) return { value: formatWeek(middle), basis, to };
    const last = addDays(middle, 7 * (shape.weeks - 1));
    return { value: `${formatWeek(middle)}/${formatWeek(last)}`, basis, to };
  }
}
