import { weekdays } from '../scan/lexicon.ts';
import { before, matchAt } from '../scan/text.ts';

/** Words about a date that say how its year stands to the years before. */

const BACK =
  /\b(?:had|since|previous(?:ly)?|earlier|former(?:ly)?|original(?:ly)?|already|as early as|dat(?:ing|ed) (?:from|back to)|began|born)\b[^,;]*$/i;
const AHEAD =
  /\b(?:would|will|until|till|later|eventually|finally|through|only|not before|by|anniversary|remained|lasted|continued)\b[^,;]*$/i;

/** Whether the clause before a date looks back (-1), ahead (1), or neither. */
export function cueOf(clause: string): -1 | 0 | 1 {
  if (AHEAD.test(clause)) return 1;
  return BACK.test(clause) ? -1 : 0;
}

const SAME_YEAR = /,?\s(?:of|in)\s(?:that|the same)\syear/iy;

/** "in July of that year". */
export function sameYearAfter(text: string, position: number): boolean {
  return matchAt(SAME_YEAR, text, position) !== null;
}

const WEEKDAY = /\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s(?:the\s)?$/;

/** The weekday written just before a day, Monday 1; null where there is none. */
export function weekdayBefore(text: string, position: number): number | null {
  const match = WEEKDAY.exec(before(text, position, 16));
  return match === null ? null : (weekdays.get(`${match[1]}day`.toLowerCase()) ?? null);
}
