import { editDistance } from '../../text/edit-distance.ts';
import { monthIndex, type Point, yearByPeriod } from './clock.ts';
import type { Period } from './period.ts';

/** Words that say a date really lies in another year. */
const LOOKS_BACK =
  /\b(?:anniversary|years? (?:ago|earlier|before|prior)|last year|previous year|year before|since|back (?:in|on)|born|died|former|original)\b[^.;]{0,50}$/i;
const LOOKS_AHEAD = /\b(?:until|expires?|expiry|deadline|through|next year|extended?|valid|by)\b[^.;]{0,50}$/i;

/** No page of news reports from so many years ahead. */
const FARTHEST = 40;

/**
 * The year that a written date means on a page with a period. Authors mistype years in January, and a digit at any
 * time: a date a year off that would fall in the page's own month is meant there, unless the words before it look back;
 * a year that no page can report is the page's.
 * Null where the year is impossible and nothing near it fits.
 */
export function repairYear(period: Period, date: Point, lead: string): number | null {
  const { year, month } = date;
  if (year === period.year || month === null) return year;
  const likely = yearByPeriod(period, month, false);
  if (year > period.year + FARTHEST || year > 9999) return likely;
  if (period.month === null) return year;
  const written = monthIndex(date);
  const own = monthIndex({ year: period.year, month: period.month });
  const monthsOff = written - own;
  if (Math.abs(monthsOff) === 12)
    return LOOKS_BACK.test(lead) || (monthsOff > 0 && LOOKS_AHEAD.test(lead)) ? year : period.year;
  if (date.day === null) return year;
  const oneDigit = editDistance(String(year), String(period.year), 1) === 1;
  if (monthsOff > 12 && monthsOff % 12 === 0 && oneDigit && !LOOKS_AHEAD.test(lead)) return period.year;
  return year;
}
