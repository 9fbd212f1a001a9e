/**
 * Proleptic Gregorian calendar arithmetic on plain integers. Years are astronomical (1 BC is 0, 480 BC is -479),
 * as ISO 8601 counts them. Nothing here reads a clock or a time zone.
 */

/** A day of the calendar: `month` 1-12, `day` 1-31. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Bare numbers and periods outside of these are no years of a text; a later written year is a slip. */
export const EARLIEST_YEAR = 1000;
export const LATEST_YEAR = 2100;

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether `year` has a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days in a month; a null year counts as a leap year, because "29 February" without a year may exist. */
export function daysInMonth(year: number | null, month: number): number {
  if (month === 2 && (year === null || isLeapYear(year))) return 29;
  return MONTH_LENGTHS[month - 1] ?? 0;
}

/** Days since 1970-01-01 (negative before); inverse of {@link dayFromEpoch}. Eras of 400 years keep it exact. */
export function epochDay({ year, month, day }: Day): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The day that lies `epoch` days after 1970-01-01. */
export function dayFromEpoch(epoch: number): Day {
  const z = epoch + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

/** ISO weekday, Monday 1 to Sunday 7. */
export function weekdayOf(day: Day): number {
  return ((((epochDay(day) + 3) % 7) + 7) % 7) + 1;
}

/** `day` moved by whole days. */
export function addDays(day: Day, days: number): Day {
  return dayFromEpoch(epochDay(day) + days);
}

/** A month moved by whole months. */
export function addMonths(year: number, month: number, months: number): { year: number; month: number } {
  const index = year * 12 + (month - 1) + months;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
}

/** `YYYY`, with a sign before years outside 0000-9999 as ISO 8601 asks. */
export function formatYear(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0');
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(4, '0')}`;
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** `YYYY-MM`; a null year is written `XXXX`. */
export function formatMonth(year: number | null, month: number): string {
  return `${year === null ? 'XXXX' : formatYear(year)}-${two(month)}`;
}

/** `YYYY-MM-DD`; a null year or month is written `XXXX` or `XX`. */
export function formatDay(year: number | null, month: number | null, day: number): string {
  return `${year === null ? 'XXXX' : formatYear(year)}-${month === null ? 'XX' : two(month)}-${two(day)}`;
}

/** `YYYY-Www`, the ISO week that holds the day. Its year is that of the week's Thursday. */
export function formatWeek(day: Day): string {
  const thursday = addDays(day, 4 - weekdayOf(day));
  const week = 1 + Math.floor((epochDay(thursday) - epochDay({ year: thursday.year, month: 1, day: 1 })) / 7);
  return `${formatYear(thursday.year)}-W${two(week)}`;
}

/** Reads `YYYY-MM-DD`; null for anything else or for a day that does not exist. */
export function parseDay(iso: string): Day | null {
  const match = /^([+-]?\d{4,6})-(\d{2})-(\d{2})$/.exec(iso);
  if (match === null) return null;
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > daysInMonth(day.year, day.month)) return null;
  return day;
}

/** The earlier of two ISO dates; null where there is none. */
export function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** The later of two ISO dates; null where there is none. */
export function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
