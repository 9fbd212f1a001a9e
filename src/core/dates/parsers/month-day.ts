import { countedAfter, matchAt, wordAfter, wordBefore, wordSet } from '../scan/text.ts';
import { candidatesOfDays } from './day-list.ts';
import { opensHere, writtenAsName } from './frame.ts';
import type { Parser } from './parser.ts';
import { type DayNumber, daysFrom, monthAt, yearAt } from './parts.ts';

const DAY = /(?:\.?\s|-|,\s)(?:the\s)?(\d{1,2})(?![\d%]|:\d|[,.]\d)(st|nd|rd|th)?(?![A-Za-z\u00c0-\u024f])/iy;
const LEAD = wordSet('on by since until till from of to before after between and');

/** A second listed day is one only where no month or counted thing follows: not "May 4 and 5 tanks". */
function ownDays(text: string, days: readonly DayNumber[]): readonly DayNumber[] {
  const kept = [...days];
  for (let last = kept.at(-1); last !== undefined && kept.length > 1; last = kept.at(-1)) {
    const next = wordAfter(text, last.end);
    const counted = last.joined === 'list' && (countedAfter(text, last.end) || /^[a-z]+[^sui]s$/.test(next));
    if (!counted && monthAt(text, last.end + 1) === null) break;
    kept.pop();
  }
  return kept;
}

/** "January 10, 2022", "Sept. 9", "May 31st", "Janaury 10", "May 4 and 5", "March 5-9, 1918". */
export const monthDay: Parser = {
  name: 'month-day',
  anchors: ['month'],
  parse(text, anchor) {
    const month = monthAt(text, anchor.start);
    if (month === null) return null;
    const dot = month.written === 'short' && text.charAt(month.end - 1) === '.';
    const match = matchAt(DAY, text, month.end);
    if (match === null || (match[0].startsWith('.') && dot)) return null;
    const day = Number(match[1]);
    if (day < 1 || day > 31) return null;
    const end = month.end + match[0].length;
    const digits = (match[1] ?? '').length + (match[2] ?? '').length;
    const days = ownDays(text, daysFrom(text, { day, start: end - digits, end, joined: 'first' }));
    const last = days.at(-1);
    if (last === undefined) return null;
    const year = yearAt(text, last.end);
    if (year === null) {
      if (countedAfter(text, last.end) && match[2] === undefined) return null;
      if (!month.capital && (month.written !== 'name' || month.month === 3 || month.month === 5)) return null;
      if (month.written === 'misspelt' && !month.confident) {
        const lead = wordBefore(text, month.start);
        const listed = opensHere(text, month.start) && writtenAsName(text, month.start, month.end);
        if (!listed && (lead === null || !LEAD.has(lead.lower))) return null;
      }
      // "5 June 10": the month belongs to the day before it.
      if (match[0].startsWith(',')) return null;
    }
    return candidatesOfDays(days, {
      year: year?.year ?? null,
      month: month.month,
      start: month.start,
      end: year?.end ?? last.end,
      misspelt: month.written === 'misspelt',
    });
  },
};
