import { before, matchAt, wordAfter, wordBefore, wordSet } from '../scan/text.ts';
import { candidatesOfDays } from './day-list.ts';
import { opensHere, writtenAsName } from './frame.ts';
import type { Parser } from './parser.ts';
import { dayEnd, daysFrom, type MonthWord, monthAt, yearAt } from './parts.ts';

const TO_MONTH = /(?:\s|\s?[-–.]\s?)(?:day\s)?(?:of\s)?(?:the\s)?|(?=[A-Z])/y;
/** What follows a date in a list or a bracket. */
const RUNS_ON = /\s?[-–—]|[,;)]/y;
const LEAD = wordSet('on by since until till from of to before after the and');

/** "may", "march" and small abbreviations after a number are months only with a year, a capital or an ordinal. */
function credible(text: string, start: number, month: MonthWord, ordinal: boolean, hasYear: boolean): boolean {
  if (hasYear) return true;
  if (month.written === 'misspelt') {
    if (!month.capital) return false;
    const lead = wordBefore(text, start);
    if (month.confident || (lead !== null && LEAD.has(lead.lower))) return true;
    return (
      writtenAsName(text, month.start, month.end) &&
      (opensHere(text, start) || matchAt(RUNS_ON, text, month.end) !== null)
    );
  }
  if (month.capital) return true;
  if (month.written === 'short') return false;
  if (month.month !== 3 && month.month !== 5) return true;
  return ordinal && !/^(?:have|be|not|also|well)$/.test(wordAfter(text, month.end));
}

/** "09 January 2022", "the 3rd of May", "13 Janaury 2022", "6-7 January", "4, 5 and 6 May", "12-Dec-2022". */
export const dayMonth: Parser = {
  name: 'day-month',
  anchors: ['number'],
  parse(text, anchor, floor) {
    if (anchor.end - anchor.start > 2 || anchor.value < 1 || anchor.value > 31) return null;
    const end = dayEnd(text, anchor.end);
    const days = daysFrom(text, { day: anchor.value, start: anchor.start, end, joined: 'first' });
    // The month may follow any of them: in "4, 5 and 6 May" after the last, in "9 June, 12" after the first.
    for (let count = days.length; count > 0; count--) {
      const listed = days.slice(0, count);
      const last = listed.at(-1);
      const gap = last === undefined ? null : matchAt(TO_MONTH, text, last.end);
      if (last === undefined || gap === null) continue;
      const month = monthAt(text, last.end + gap[0].length);
      if (month === null) continue;
      const year = yearAt(text, month.end);
      const ordinal = last.end - last.start > 2;
      if (!credible(text, anchor.start, month, ordinal, year !== null)) continue;
      const article = /\bthe\s$/i.exec(before(text, anchor.start, 4));
      const start = article === null || anchor.start - article[0].length < floor ? anchor.start : anchor.start - 4;
      return candidatesOfDays(listed, {
        year: year?.year ?? null,
        month: month.month,
        start,
        end: year?.end ?? month.end,
        misspelt: month.written === 'misspelt',
      });
    }
    return null;
  },
};
