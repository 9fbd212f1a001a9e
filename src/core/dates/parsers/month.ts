import { calendar } from '../candidate.ts';
import { monthOf } from '../scan/spelling.ts';
import { isCapital, matchAt, wordAfter, wordBefore } from '../scan/text.ts';
import { framedAsMonth, oneWord, opensHere, writtenAsName } from './frame.ts';
import type { Parser } from './parser.ts';
import { ledIn, monthAt, withModifier, yearAt } from './parts.ts';

const JOINT = /\s?[-–—/]\s?|\s(?:to|and|or)\s/y;

/** "March-April", "May and June": a month that another follows is one itself. */
function runsOn(text: string, end: number): boolean {
  const joint = matchAt(JOINT, text, end);
  const next = joint === null ? null : monthAt(text, end + joint[0].length);
  return next?.capital === true && next.written === 'name';
}

/** April, June and August are first names too: before a surname only "in" and its like make a month of them. */
function isFirstName(text: string, month: number, start: number, end: number): boolean {
  if (month !== 4 && month !== 6 && month !== 8) return false;
  if (!/^[A-Z][a-z]/.test(wordAfter(text, end))) return false;
  return !/^(?:in|by|since|until|till|during|early|late|mid|last|next|this|of|throughout)$/.test(
    wordBefore(text, start)?.lower ?? '',
  );
}

/**
 * After these a month's name is the day's or person's, not the month: "Theresa May", "the Long March"; but "May-June".
 */
function belongsToName(text: string, start: number): boolean {
  const word = wordBefore(text, start);
  return word !== null && isCapital(text, word.start) && !ledIn(text, start) && monthOf(word.lower) === null;
}

/** "January 2022", "early April 2022", "the end of May", "in October", "Sept. 1939", "Octobr 1943". */
export const month: Parser = {
  name: 'month',
  anchors: ['month'],
  parse(text, anchor, floor) {
    const found = monthAt(text, anchor.start);
    if (found === null) return null;
    const year = yearAt(text, found.end);
    const start = withModifier(text, anchor.start, floor);
    const misspelt = found.written === 'misspelt';
    if (misspelt && !oneWord(text, anchor.start, anchor.end)) return null;
    if (year !== null) {
      if (misspelt && !found.confident && !ledIn(text, anchor.start)) {
        const alone = writtenAsName(text, anchor.start, anchor.end) && !belongsToName(text, anchor.start);
        if (!alone && !opensHere(text, anchor.start)) return null;
      }
      return [{ start, end: year.end, shape: calendar(year.year, found.month, null), misspelt }];
    }
    if (!found.capital || found.written === 'short') return null;
    if (misspelt && !found.confident && !framedAsMonth(text, anchor.start, found.end)) return null;
    const governed = start < anchor.start || ledIn(text, anchor.start);
    // A verb, a name or a march, unless something governs it.
    if (!governed && !runsOn(text, found.end) && (found.month === 3 || found.month === 5)) return null;
    if (isFirstName(text, found.month, anchor.start, found.end)) return null;
    if (!governed && belongsToName(text, anchor.start)) return null;
    if (
      /^(?:Day|Revolution|Uprising|Movement|Offensive|Coup|Constitution|Declaration|Theses|Laws?)$/.test(
        wordAfter(text, found.end),
      )
    ) {
      return null;
    }
    return [{ start, end: found.end, shape: calendar(null, found.month, null), misspelt }];
  },
};
