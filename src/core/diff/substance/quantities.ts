import { type Numeral, numeralAt } from './numerals.ts';
import { abbreviation } from './spelling.ts';
import { DASH, isGlued, lower, type Token } from './tokens.ts';
import { unitName } from './units.ts';

/** Signs that a number may have before it. */
const MOST_SIGNS = 4;
const COMPARISON = /^[<>\u2264\u2265\u00b1\u2248~=\u2260+\uff0b]$/u;

/** Reads a number with its signs and unit, the same in all writings: "minus", "15", "celsius". Null where none starts. */
export function quantityAt(tokens: readonly Token[], at: number): Numeral | null {
  const before: string[] = [];
  let currency: string | undefined;
  let start = at;
  for (; start < at + MOST_SIGNS; start++) {
    const code = currencyAt(tokens, start);
    const word = lower(tokens[start]);
    if (code !== null) {
      currency = code.unit;
      start = code.next - 1;
    } else if (word === 'minus' || isMinus(tokens, start)) before.push('minus');
    else if (COMPARISON.test(word)) before.push(word.normalize('NFKC'));
    else break;
  }
  const number = numeralAt(tokens, start);
  if (number === null) return null;
  const { unit, next } = unitAt(tokens, number.next);
  if (unit === 'am' || unit === 'pm')
    return { parts: [...before, ...number.parts.map((part) => timeOf(part, unit))], next };
  return { parts: [...before, ...number.parts, ...[currency, unit].flatMap((name) => name ?? [])], next };
}

/** A currency's sign or code: "$", "US$", "EUR". */
function currencyAt(tokens: readonly Token[], at: number): { readonly unit: string; readonly next: number } | null {
  if (!/^(?:\p{Sc}|\p{Lu}{2,3})$/u.test(tokens[at]?.word ?? '')) return null;
  const hasSign = /^\p{Sc}$/u.test(tokens[at + 1]?.word ?? '');
  const unit = unitName(lower(tokens[at]) + (hasSign ? tokens[at + 1]?.word : ''));
  return unit === undefined ? null : { unit, next: at + (hasSign ? 2 : 1) };
}

/** A dash is a minus where it touches what follows, and no letter, number or dash before it. */
function isMinus(tokens: readonly Token[], at: number): boolean {
  const [before, dash, behind] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!DASH.test(lower(dash)) || dash?.word === '\u2014') return false;
  const touches = isGlued(before, dash) && (before?.kind !== 'mark' || /^[)\]\u2010-\u2015-]$/u.test(before.word));
  return dash?.word === '\u2212' || (isGlued(dash, behind) && !touches);
}

/** The unit behind a number; letters glued to it belong to it, whatever they are: "12a", "1990s". */
function unitAt(tokens: readonly Token[], at: number): { readonly unit?: string; readonly next: number } {
  const isTouching = isGlued(tokens[at - 1], tokens[at]);
  const glued = isTouching ? lower(tokens[at]) : '';
  const start = DASH.test(glued) && isGlued(tokens[at], tokens[at + 1]) ? at + 1 : at;
  const [first = '', second = ''] = tokens.slice(start, start + 2).map((token) => symbolOf(token).replaceAll('.', ''));
  const both = unitName(`${first} ${second}`) ?? unitName(first + second);
  if (both !== undefined) return { unit: both, next: start + (second === '' ? 1 : 2) };
  const unit = unitName(first);
  if (unit !== undefined) return { unit, next: start + 1 };
  return glued === '+' || /^[a-z]+$/u.test(glued)
    ? { unit: abbreviation(tokens[at]?.word ?? '') ?? glued, next: at + 1 }
    : { next: at };
}

/** A unit in lower case; "mW" keeps its capital, for it is no "MW". */
function symbolOf(token: Token): string {
  return /^m\p{Lu}/u.test(token.word) ? token.word : lower(token);
}

/** A time of day by the clock of 24 hours. */
function timeOf(value: string, half: 'am' | 'pm'): string {
  const [, hour, minutes = ':00'] = /^(\d{1,2})(:\d\d)?$/u.exec(value) ?? [];
  return hour === undefined ? `${value} ${half}` : `${(Number(hour) % 12) + (half === 'pm' ? 12 : 0)}${minutes}`;
}
