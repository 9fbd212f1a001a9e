import { calendar } from '../candidate.ts';
import { before, matchAt, wordAfter, wordSet } from '../scan/text.ts';
import type { Parser } from './parser.ts';
import { dayEnd, daysFrom } from './parts.ts';

const LEAD = /\b(?:on|by|until|till|from|since|to|of|and|before|after)\s(the\s)$/i;
const OPEN_END = /\s?(?:[.,;:)–—]|$)/y;
const GOES_ON = wordSet(
  'of was were and but to the in at when while with by they he she it we after before a an that had his their its as from there until till',
);

/**
 * "on the 20th", "from the 13th to the 19th": a day of the month last read, where no noun follows ("the 7th Division").
 */
export const ordinalDay: Parser = {
  name: 'ordinal-day',
  anchors: ['number'],
  parse(text, anchor, floor) {
    const end = dayEnd(text, anchor.end);
    if (end === anchor.end || anchor.value < 1 || anchor.value > 31) return null;
    const lead = LEAD.exec(before(text, anchor.start, 12));
    if (lead === null) return null;
    const start = anchor.start - (lead[1] ?? '').length;
    if (start < floor) return null;
    const [, second] = daysFrom(text, { day: anchor.value, start, end, joined: 'first' });
    const last = second?.joined === 'range' ? second.end : end;
    const next = wordAfter(text, last);
    if (next === '' ? matchAt(OPEN_END, text, last) === null : !GOES_ON.has(next)) return null;
    if (next === 'of' && !/^\sof\s(?:the|that|this)\s(?:same\s)?month/.test(text.slice(last, last + 24))) return null;
    const from = calendar(null, null, anchor.value);
    if (second?.joined !== 'range') return [{ start, end, shape: from }];
    return [{ start, end: last, shape: { kind: 'span', from, to: calendar(null, null, second.day) } }];
  },
};
