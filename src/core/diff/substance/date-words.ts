import { monthOf } from '../../dates/scan/spelling.ts';
import type { Mention } from '../../dates/types.ts';
import { wordValue } from './numbers.ts';
import type { Token } from './tokens.ts';

/** Words that only join a date's parts. */
const JOINS = new Set('the of in on st nd rd th'.split(' '));
const RANGE_JOINS = new Set('from to and until till through between'.split(' '));

/**
 * Which tokens inside a date write a part of its value: a day, month or year, or a word that joins them. Any other,
 * as "last" or "the end of", means more than the value has. A week or what is counted from elsewhere has no such parts.
 */
export function partsOf({ literal }: Mention): (token: Token) => boolean {
  if (/[WP]/u.test(literal)) return () => false;
  const values = new Set(literal.match(/\d+/gu)?.map(Number));
  const isRange = literal.includes('/');
  const hasValue = (value: number): boolean =>
    values.has(value) || [...values].some((year) => year > 99 && year % 100 === value);
  return ({ kind, word }) => {
    if (kind === 'number') return word.split(/\P{N}+/u).every((digits) => hasValue(Number(digits)));
    const lower = word.toLowerCase();
    if (JOINS.has(lower) || (isRange && RANGE_JOINS.has(lower))) return true;
    const value = monthOf(lower)?.month ?? wordValue(lower)?.value;
    return value !== undefined && values.has(value);
  };
}
