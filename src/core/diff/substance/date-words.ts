import { monthOf } from '../../dates/scan/spelling.ts';
import type { Mention } from '../../dates/types.ts';
import { wordValue } from './numbers.ts';
import type { Token } from './tokens.ts';

/** Words that only join a date's parts. */
const JOINS = new Set('the of in on st nd rd th'.split(' '));
const RANGE_JOINS = new Set('from to and until till through between'.split(' '));

/**
 * Whether a token inside a date writes a part of its value: a day, month or year, or a word that joins them. Any other,
 * as "last" or "the end of", means more than the value has. A week or what is counted from elsewhere has no such parts.
 */
export function writesPart({ literal }: Mention, { kind, word }: Token): boolean {
  if (/[WP]/u.test(literal)) return false;
  const lower = word.toLowerCase();
  if (JOINS.has(lower) || (literal.includes('/') && RANGE_JOINS.has(lower))) return true;
  const values = new Set(literal.match(/\d+/gu)?.map(Number));
  const hasValue = (value: number): boolean =>
    values.has(value) || [...values].some((year) => year > 99 && year % 100 === value);
  if (kind === 'number') return word.split(/\P{N}+/u).every((digits) => hasValue(Number(digits)));
  const value = monthOf(lower)?.month ?? wordValue(lower)?.value;
  return value !== undefined && values.has(value);
}
