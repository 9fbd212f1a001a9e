import { EARLIEST_YEAR, LATEST_YEAR } from '../calendar.ts';
import { calendar } from '../candidate.ts';
import { before, countedAfter, matchAt, streetAfter, wordAfter, wordBefore, wordSet } from '../scan/text.ts';
import type { Parser } from './parser.ts';
import { withModifier, yearOfEra } from './parts.ts';

const SPAN = /\d{4}\s?[-–—]\s?(\d{4}|\d{2})(?![\dA-Za-z]|[-–.,/]\d)/y;
const ERA = /\s?(BCE?|CE|AD|B\.C\.(?:E\.)?|C\.E\.|A\.D\.)(?![A-Za-z])/y;

/** Words after which a bare number is a year. */
const STRONG = wordSet(
  'in since until till during by circa ca year spring summer autumn fall winter throughout around christmas easter years ad',
);
/** Words after which it may be one; the word after it decides. */
const WEAK = wordSet('from to and before after between through or');
const TIME_NOUNS =
  /\b(?:end|beginning|start|middle|close|half|part|spring|summer|autumn|fall|winter|year|years|months?|weeks?|days?|season|quarter|elections?|January|February|March|April|May|June|July|August|September|October|November|December),?\sof\s$/i;
const DETERMINER = /\b(?:the|a|an|its|his|her|their|our|this|that)\s(?:[A-Za-z'’-]{1,20}\s){0,2}$/i;

/** "2014-15", "1914–1918": a season qualifies the noun after it; a full span is a span. */
const yearSpan = (text: string, start: number, value: number): ReturnType<Parser['parse']> => {
  const match = matchAt(SPAN, text, start);
  if (match === null) return null;
  const digits = match[1] ?? '';
  const second = digits.length === 4 ? Number(digits) : value - (value % 100) + Number(digits);
  if (second <= value || second > LATEST_YEAR) return null;
  const end = start + match[0].length;
  const attribute = /^[a-z]/.test(wordAfter(text, end)) && DETERMINER.test(before(text, start, 44));
  return [
    {
      start,
      end,
      shape: { kind: 'span', from: calendar(value, null, null), to: calendar(second, null, null) },
      attribute,
    },
  ];
};

const FUNCTION_WORD =
  /^(?:and|or|but|to|the|a|an|in|on|at|by|of|for|with|from|until|till|when|while|where|which|who|that|was|were|is|are|had|has|have|would|will|did|as|after|before|because|so|saw|it|he|she|they|we|his|her|their|its|there|under|over|against|through|than|during|between|this|these|if|about|into|not|only|also|although|though|however|both|then)$/;

/**
 * "in 1942", "late 1941", "480 BC", "the 2015 deal", "the borders of 1997", "1914–1918". A bare number elsewhere is not
 * a year.
 */
export const year: Parser = {
  name: 'year',
  anchors: ['number'],
  parse(text, anchor, floor) {
    const { start, end, value } = anchor;
    const era = end - start <= 4 ? matchAt(ERA, text, end) : null;
    if (era !== null && value > 0) {
      const shape = calendar(yearOfEra(value, era[1] ?? ''), null, null);
      return [{ start: withModifier(text, start, floor), end: end + era[0].length, shape }];
    }
    if (end - start !== 4 || value < EARLIEST_YEAR || value > LATEST_YEAR) return null;
    const span = yearSpan(text, start, value);
    if (span !== null) return span;
    if (countedAfter(text, end) || streetAfter(text, end) || /^[\d%]|^[-–/:.]\d|^,\d{3}/.test(text.slice(end, end + 4)))
      return null;
    const shape = calendar(value, null, null);
    if (start === 0 && /^(?::\s|$)/.test(text.slice(end, end + 2))) return [{ start, end, shape }];
    const from = withModifier(text, start, floor);
    const lead = wordBefore(text, start)?.lower ?? '';
    const next = wordAfter(text, end);
    const nounFollows = /^[a-z]/.test(next) && !FUNCTION_WORD.test(next);
    if (from < start) return [{ start: from, end, shape }];
    if (STRONG.has(lead)) return nounFollows && /[^s]s$/.test(next) ? null : [{ start, end, shape }];
    if (/^s\b|^['’]s\b/.test(text.slice(end, end + 3)))
      return text.charAt(end) === 's' ? null : [{ start, end, shape }];
    if (lead === 'of') {
      if (nounFollows) return null;
      return [{ start, end, shape, attribute: !TIME_NOUNS.test(before(text, start, 20)) }];
    }
    if (WEAK.has(lead)) return nounFollows ? null : [{ start, end, shape }];
    if (next !== '' && !FUNCTION_WORD.test(next)) {
      const determined = DETERMINER.test(before(text, start, 44));
      return determined ? [{ start, end, shape, attribute: true }] : null;
    }
    const opening = text.charAt(start - 1);
    if (opening === '(' || opening === '[' || (start === 0 && (end === text.length || next !== '')))
      return [{ start, end, shape }];
    return null;
  },
};
