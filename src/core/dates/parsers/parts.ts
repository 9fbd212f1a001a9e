import { EARLIEST_YEAR, LATEST_YEAR } from '../calendar.ts';
import { isUpper, isWide, lettersEnd } from '../scan/characters.ts';
import { type MonthReading, monthOf } from '../scan/spelling.ts';
import { before, countedAfter, matchAt, wordAfter, wordBefore, wordSet } from '../scan/text.ts';

/** Pieces that several forms share: month words, year tails, lists of days. */

/** A month's word at a position. */
export interface MonthWord extends MonthReading {
  readonly start: number;
  readonly end: number;
  readonly capital: boolean;
}

/** The month at `position`, in any spelling. Its end includes an abbreviation's full stop. */
export function monthAt(text: string, position: number): MonthWord | null {
  const stop = lettersEnd(text, position);
  if (isWide(text.charCodeAt(stop))) return null;
  const reading = monthOf(text.slice(position, stop).toLowerCase());
  if (reading === null) return null;
  const end = reading.written === 'short' && text.charAt(stop) === '.' ? stop + 1 : stop;
  const { month, written, confident } = reading;
  return { month, written, confident, start: position, end, capital: isUpper(text.charCodeAt(position)) };
}

const YEAR =
  /(?:\s?,\s?(?:of\s|in\s)?|\s(?:of\s)?|[-./])\(?(\d{4,5})(?![\dA-Za-z%]|[-–]\d(?!\d?\s[A-Z])|,\d{3}(?!\d)|[.:]\d)/y;
const ERA = /(?:\s?,\s?|\s)(\d{1,4})\s?(BCE?|CE|AD|B\.C\.(?:E\.)?|C\.E\.|A\.D\.)(?![A-Za-z])/y;
const SHORT_YEAR = /(?:,\s?|\s)['’](\d{2})(?!\d|s\b)/y;

/** A year after a day or month. `year` is astronomical. */
export interface YearTail {
  readonly year: number;
  readonly end: number;
}

/** "480 BC" is the astronomical year -479. */
export function yearOfEra(number: number, era: string): number {
  return /^b/i.test(era) ? 1 - number : number;
}

/** The year of four digits, or of two: "49" is 2049, "50" is 1950. */
export function yearOf(digits: string): number {
  const year = Number(digits);
  return digits.length > 2 ? year : year + (year < 50 ? 2000 : 1900);
}

/** A number of five digits is a year only with one digit too many ("20222"). */
const isYear = (digits: string): boolean =>
  digits.length === 4 ? Number(digits) >= EARLIEST_YEAR : /^(?:19|20)/.test(digits);

/** The year that follows at `position` ("…, 2022", "… of 1940", "… '44", "… 480 BC"); null where none does. */
export function yearAt(text: string, position: number): YearTail | null {
  const era = matchAt(ERA, text, position);
  if (era !== null) return { year: yearOfEra(Number(era[1]), era[2] ?? ''), end: position + era[0].length };
  const full = matchAt(YEAR, text, position);
  if (full !== null) {
    const digits = full[1] ?? '';
    const end = position + full[0].length;
    const odd = digits.length > 4 || Number(digits) > LATEST_YEAR;
    if (!isYear(digits) || countedAfter(text, end) || full[0].includes('(')) return null;
    if (odd && /s$/.test(wordAfter(text, end))) return null;
    return { year: Number(digits), end };
  }
  const short = matchAt(SHORT_YEAR, text, position);
  return short === null ? null : { year: yearOf(short[1] ?? ''), end: position + short[0].length };
}

/** A day of the month with its place; `joined` is how it follows the day before it. */
export interface DayNumber {
  readonly day: number;
  readonly start: number;
  readonly end: number;
  readonly joined: 'first' | 'range' | 'list';
}

const ORDINAL = /(?:st|nd|rd|th)\b/iy;
const NEXT_DAY =
  /(\s?[-–—]\s?(?:the\s)?|\s(?:to|until|till|through|thru)\s(?:the\s)?|\s(?:and|or|&)\s(?:the\s)?|,\s(?:and\s)?(?:the\s)?|\/)(\d{1,2})(?![\d%]|:\d|[,.]\d)(st\b|nd\b|rd\b|th\b)?(?![A-Za-z])/iy;

/** End of a day's number and its ordinal suffix. */
export function dayEnd(text: string, digitsEnd: number): number {
  const suffix = matchAt(ORDINAL, text, digitsEnd);
  return suffix === null ? digitsEnd : digitsEnd + 2;
}

/**
 * The days that follow a first one: "6-7", "4, 5 and 6", "13th to the 19th". The first is in the answer. Days of one
 * month rise, so there are 31 at most, however long a list of numbers is.
 */
export function daysFrom(text: string, first: DayNumber): readonly DayNumber[] {
  const days = [first];
  let last = first;
  for (;;) {
    const match = matchAt(NEXT_DAY, text, last.end);
    if (match === null) break;
    const day = Number(match[2]);
    if (day <= last.day || day > 31) break;
    const end = last.end + match[0].length;
    const digits = (match[2] ?? '').length + (match[3] ?? '').length;
    const joined = /[-–—]|to|till|until|thr/i.test(match[1] ?? '') ? 'range' : 'list';
    last = { day, start: end - digits, end, joined };
    days.push(last);
  }
  return days;
}

const MODIFIER =
  /(?:\b(?:early|late|later|mid|earlier)(?:\s?-\s?|\s(?:in\s)?)|\b(?:the\s)?(?:very\s)?(?:end|beginning|start|middle|close|opening|first half|second half)\sof\s)$/i;

/** Start of what qualifies a month or year before `start`: "early", "mid-", "the end of". Not before `floor`. */
export function withModifier(text: string, start: number, floor: number): number {
  const match = MODIFIER.exec(before(text, start, 28));
  if (match === null) return start;
  const moved = start - match[0].length;
  return moved < floor ? start : moved;
}

const DATE_LEADS = wordSet(
  'in by of until till since from to through throughout during early late mid last next this that between before after around about on every each previous following and or for',
);

/** Whether the word before `start` can govern a date. */
export function ledIn(text: string, start: number): boolean {
  const word = wordBefore(text, start);
  return word !== null && DATE_LEADS.has(word.lower);
}
