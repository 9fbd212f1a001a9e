import { editDistance } from '../../text/edit-distance.ts';

const NAME =
  /^(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$/;
const MONTHS = new Set('jan feb mar apr may jun jul aug sep oct nov dec'.split(' '));

/** Letters that a name of the calendar must have before a slip in it is looked for, and slips that it may have. */
const LONG = 6;
const SLIPS = 2;

/** The month or weekday that a word names, one word for all its writings; null where it names none. */
export function calendarName(word: string): string | null {
  if (!NAME.test(word)) return null;
  const lower = word.toLowerCase();
  const start = lower.slice(0, 3);
  return MONTHS.has(start) ? start : lower;
}

/** Whether `wrong` is a month or weekday misspelt, and `right` the same spelt right: "Janaury". */
export function isMisspeltDate(wrong: string, right: string): boolean {
  if (right.length < LONG || calendarName(right) === null || calendarName(wrong) !== null) return false;
  return wrong[0] === right[0] && editDistance(wrong, right, SLIPS) <= SLIPS;
}
