import type { Candidate } from '../candidate.ts';
import { isCapital, matchAt, wordAfter, wordBefore, wordSet } from '../scan/text.ts';
import type { Parser } from './parser.ts';
import { monthAt } from './parts.ts';

const TO_DATE = /(?:\s(?:dawn|morning|noon|afternoon|evening|night|midnight|dusk))?(?:\s(?:of|on)\s|,?\s)(?:the\s)?/y;
const NUMBER = /\d{1,2}(?:st|nd|rd|th)?(?:\sof)?\s/y;
/** Words that make a weekday a name ("Black Friday") or a habit ("every Tuesday") are any but these. */
const OPENERS = wordSet(
  'on by until till since from to of and or last next this late early before after that through between previous following the',
);

/** "Thursday", "last Tuesday", "next Friday". One that only introduces a date ("Thursday, January 13",
 * "Sunday morning of 3 May") is part of that date. */
export const weekday: Parser = {
  name: 'weekday',
  anchors: ['weekday'],
  parse(text, anchor): readonly Candidate[] | null {
    if (!isCapital(text, anchor.start)) return null;
    const gap = matchAt(TO_DATE, text, anchor.end);
    if (gap !== null) {
      const at = anchor.end + gap[0].length;
      const number = matchAt(NUMBER, text, at);
      if (monthAt(text, number === null ? at : at + number[0].length) !== null) return null;
    }
    const lead = wordBefore(text, anchor.start);
    if (
      lead !== null &&
      !OPENERS.has(lead.lower) &&
      (isCapital(text, lead.start) || /^(?:every|each|one|a|any)$/.test(lead.lower))
    ) {
      return null;
    }
    const next = wordAfter(text, anchor.end);
    if (/^[A-Z]/.test(next) && !/^(?:That|The|A|In|He|She|It)$/.test(next) && lead?.lower === 'the') return null;
    if (/^(?:Times|Post|Express|[Pp]rayers|[Ss]chool|Agreement|Telegraph|Night)$/.test(next)) return null;
    const step =
      lead?.lower === 'next' || lead?.lower === 'following'
        ? 1
        : lead?.lower === 'last' || lead?.lower === 'previous'
          ? -1
          : 0;
    const start = step === 0 || lead === null ? anchor.start : lead.start;
    return [{ start, end: anchor.end, shape: { kind: 'weekday', weekday: anchor.value, step } }];
  },
};
