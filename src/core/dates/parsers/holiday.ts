import { type Calendar, calendar } from '../candidate.ts';
import { before, matchAt, wordBefore } from '../scan/text.ts';
import type { Parser } from './parser.ts';
import { yearAt } from './parts.ts';

const CHRISTMAS = /Christmas(?:\s(Eve|Day))?/y;
const NEW_YEAR = /New\sYear['’]?s\s$/;

/** "Christmas 1963", "Christmas Eve", "New Year's Eve": feasts that keep their day. */
export const holiday: Parser = {
  name: 'holiday',
  anchors: ['holiday', 'unit'],
  parse(text, anchor, floor) {
    let found: { start: number; end: number; month: number; day: number } | null = null;
    if (anchor.word === 'christmas') {
      const match = matchAt(CHRISTMAS, text, anchor.start);
      if (match === null) return null;
      const lead = wordBefore(text, anchor.start)?.lower ?? '';
      if (match[1] === undefined && !/^(?:by|before|until|on|at|after|of|since)$/.test(lead)) return null;
      found = {
        start: anchor.start,
        end: anchor.start + match[0].length,
        month: 12,
        day: match[1] === 'Eve' ? 24 : 25,
      };
    } else if (anchor.word === 'eve' || anchor.word === 'day') {
      const match = NEW_YEAR.exec(before(text, anchor.start, 12));
      if (match === null || anchor.start - match[0].length < floor) return null;
      const eve = anchor.word === 'eve';
      found = { start: anchor.start - match[0].length, end: anchor.end, month: eve ? 12 : 1, day: eve ? 31 : 1 };
    }
    if (found === null) return null;
    const year = yearAt(text, found.end);
    const shape: Calendar = calendar(year?.year ?? null, found.month, found.day);
    return [{ start: found.start, end: year?.end ?? found.end, shape }];
  },
};
