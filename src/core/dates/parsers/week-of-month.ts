import { before, matchAt } from '../scan/text.ts';
import type { Parser } from './parser.ts';
import { monthAt, yearAt } from './parts.ts';

const WHICH = /\b((?:the\s)?(first|second|third|fourth|last|final|opening|closing)\s(?:(two|three)\s)?(?:full\s)?)$/i;
const OF = /\sof\s/y;
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ['first', 1],
  ['opening', 1],
  ['second', 2],
  ['third', 3],
  ['fourth', 4],
  ['last', -1],
  ['final', -1],
  ['closing', -1],
]);

/** "the first week of May", "the last two weeks of February 1951". */
export const weekOfMonth: Parser = {
  name: 'week-of-month',
  anchors: ['unit'],
  parse(text, anchor, floor) {
    if (!anchor.word.startsWith('week')) return null;
    const of = matchAt(OF, text, anchor.end);
    const month = of === null ? null : monthAt(text, anchor.end + of[0].length);
    if (month === null || !month.capital) return null;
    const which = WHICH.exec(before(text, anchor.start, 24));
    const ordinal = which === null ? undefined : ORDINALS.get((which[2] ?? '').toLowerCase());
    if (which === null || ordinal === undefined) return null;
    const start = anchor.start - (which[1] ?? '').length;
    if (start < floor) return null;
    const year = yearAt(text, month.end);
    const weeks = which[3] === undefined ? 1 : which[3].toLowerCase() === 'two' ? 2 : 3;
    return [
      {
        start,
        end: year?.end ?? month.end,
        shape: { kind: 'weekOfMonth', year: year?.year ?? null, month: month.month, ordinal, weeks },
      },
    ];
  },
};
