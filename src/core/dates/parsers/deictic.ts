import { before, wordBefore } from '../scan/text.ts';
import type { Parser } from './parser.ts';

const REPORTED =
  /\b(?:said|told|announced|reported|stated|warned|declared|confirmed|posted|wrote|tweeted|arrived|met|signed|began|opened|held|also|earlier)\s(?:\w+\s){0,3}$/i;

/**
 * "yesterday", "tomorrow", and "today" where it dates a report ("announced today"): elsewhere "today" means these days.
 * Those in quoted speech are dropped later.
 */
export const deictic: Parser = {
  name: 'deictic',
  anchors: ['deictic'],
  parse(text, { start, end, word }) {
    if (word === 'today' && (wordBefore(text, start)?.lower === 'of' || !REPORTED.test(before(text, start, 40))))
      return null;
    const amount = word === 'yesterday' ? -1 : word === 'tomorrow' ? 1 : 0;
    return [{ start, end, shape: { kind: 'offset', unit: 'day', amount, from: 'present' } }];
  },
};
