import { ordinalWords } from '../scan/lexicon.ts';
import { before } from '../scan/text.ts';
import { candidatesOfDays } from './day-list.ts';
import type { Parser } from './parser.ts';
import { monthAt, yearAt } from './parts.ts';

const ORDINAL = /\b((?:the\s)?((?:twenty-|thirty-)?[a-z]{5,11})\sof\s)$/i;

/** "the third of May", "the Fourth of July, 1776". */
export const spelledDay: Parser = {
  name: 'spelled-day',
  anchors: ['month'],
  parse(text, anchor, floor) {
    const match = ORDINAL.exec(before(text, anchor.start, 26));
    const day = match === null ? undefined : ordinalWords.get((match[2] ?? '').toLowerCase());
    const month = monthAt(text, anchor.start);
    if (match === null || day === undefined || month === null) return null;
    const start = anchor.start - (match[1] ?? '').length;
    if (start < floor || !month.capital) return null;
    const year = yearAt(text, month.end);
    return candidatesOfDays([{ day, start, end: anchor.start, joined: 'first' }], {
      year: year?.year ?? null,
      month: month.month,
      start,
      end: year?.end ?? month.end,
      misspelt: month.written === 'misspelt',
    });
  },
};
