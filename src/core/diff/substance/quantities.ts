import { plainNumber, wordValue } from './numbers.ts';
import { DASHES, isGlued, type Token } from './tokens.ts';
import { scaleOf, unitName } from './units.ts';

/** A number with its signs and its unit, the same for all writings of it. */
export interface Quantity {
  /** "minus", "15", "celsius"; a range has "to" between its numbers. */
  readonly parts: readonly string[];
  /** The token behind it. */
  readonly next: number;
}

interface Numeral extends Quantity {
  readonly isScaled: boolean;
}

/** Signs that a number may have before it, and groups of three digits behind its first. */
const MOST_SIGNS = 4;
const MOST_GROUPS = 4;
const DASH = new RegExp(`^[${DASHES}]$`, 'u');
const COMPARISON = /^[<>\u2264\u2265\u00b1\u2248~=\u2260+]$/u;
const ORDINAL_ENDING = /^(?:st|nd|rd|th)$/u;

/** Reads the quantity that starts at a token; null where none does. */
export function quantityAt(tokens: readonly Token[], at: number): Quantity | null {
  const before: string[] = [];
  let currency: string | undefined;
  let start = at;
  for (; start < at + MOST_SIGNS; start++) {
    const code = currencyAt(tokens, start);
    const word = lower(tokens[start]);
    if (code !== null) {
      currency = code.unit;
      start += code.length - 1;
    } else if (word === 'minus' || isMinus(tokens, start)) before.push('minus');
    else if (COMPARISON.test(word)) before.push(word);
    else break;
  }
  const number = numeralAt(tokens, start);
  if (number === null) return null;
  const { unit, next } = unitAt(tokens, number);
  const values = unit === 'am' || unit === 'pm' ? number.parts.map((value) => timeOf(value, unit)) : number.parts;
  const units = [currency, unit].filter((name) => name !== undefined && name !== 'am' && name !== 'pm');
  return { parts: [...before, ...values, ...units] as string[], next };
}

/** Whether a token says "to" between two numbers: the word, or a dash with spaces. */
export function isRange(tokens: readonly Token[], at: number): boolean {
  const word = lower(tokens[at]);
  const isDash = DASH.test(word) && !isGlued(tokens[at], tokens[at + 1]);
  return (word === 'to' || isDash) && numeralAt(tokens, at + 1) !== null;
}

const lower = (token: Token | undefined): string => token?.word.toLowerCase() ?? '';

/** A currency's sign or code: "$", "US$", "EUR". */
function currencyAt(tokens: readonly Token[], at: number): { readonly unit: string; readonly length: number } | null {
  if (!/^(?:\p{Sc}|\p{Lu}{2,3})$/u.test(tokens[at]?.word ?? '')) return null;
  const length = /^\p{Sc}$/u.test(tokens[at + 1]?.word ?? '') ? 2 : 1;
  const unit = unitName(
    tokens
      .slice(at, at + length)
      .map(lower)
      .join(''),
  );
  return unit === undefined ? null : { unit, length };
}

/** A dash is a minus where it touches what follows, and no letter, number or dash before it. */
function isMinus(tokens: readonly Token[], at: number): boolean {
  const [before, dash, behind] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!DASH.test(lower(dash)) || dash?.word === '\u2014') return false;
  const touches = isGlued(before, dash) && (before?.kind !== 'mark' || /^[)\]\u2010-\u2015-]$/u.test(before.word));
  return dash?.word === '\u2212' || (isGlued(dash, behind) && !touches);
}

/** A number in digits or in words, multiplied by the magnitude behind it. */
function numeralAt(tokens: readonly Token[], at: number): Numeral | null {
  const token = tokens[at];
  if (token?.kind === 'number') return inDigits(tokens, token, at + 1);
  return token?.kind === 'word' ? inWords(tokens, at) : null;
}

function inDigits(tokens: readonly Token[], { word }: Token, behind: number): Numeral {
  let digits = word;
  let next = behind;
  while (next < behind + MOST_GROUPS && isGroup(tokens, digits, next)) digits += tokens[next++]?.word;
  const scale = scaleAt(tokens, next);
  const plain = (number: string): string => plainNumber(number, scale !== null);
  const parts = digits.split(new RegExp(`([${DASHES}])`, 'u')).map((part) =>
    DASH.test(part)
      ? 'to'
      : part
          .split(/([:/x\u00d7])/u)
          .map(plain)
          .join(''),
  );
  return scaled(parts, scale, next);
}

/** Whether a space parts three digits from those before: "10 000". */
function isGroup(tokens: readonly Token[], digits: string, at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before === undefined || token?.kind !== 'number') return false;
  const isOneApart = token.start === before.start + before.word.length + 1;
  return isOneApart && /^[1-9]\p{N}{0,2}(?:\p{N}{3})*$/u.test(digits) && /^\p{N}{3}(?:[.,]\p{N}+)?$/u.test(token.word);
}

function inWords(tokens: readonly Token[], at: number): Numeral | null {
  const value = wordValue(lower(tokens[at]));
  const scale = scaleAt(tokens, at);
  if (value === undefined)
    return scale === null || lower(tokens[at]).length < 4
      ? null
      : { parts: [String(scale)], next: at + 1, isScaled: true };
  const dash = DASH.test(lower(tokens[at + 1])) ? 1 : 0;
  const unit = wordValue(lower(tokens[at + 1 + dash])) ?? 0;
  const isPair = value >= 20 && value % 10 === 0 && unit > 0 && unit < 10;
  const next = isPair ? at + 2 + dash : at + 1;
  return scaled([String(isPair ? value + unit : value)], scaleAt(tokens, next), next);
}

/** The magnitude at a token; one letter must be glued to its number: "5m". */
function scaleAt(tokens: readonly Token[], at: number): number | null {
  const word = lower(tokens[at]);
  return word.length > 1 || isGlued(tokens[at - 1], tokens[at]) ? scaleOf(word) : null;
}

/** The last number times a magnitude; one that has two readings keeps the magnitude behind it. */
function scaled(parts: readonly string[], scale: number | null, next: number): Numeral {
  if (scale === null) return { parts, next, isScaled: false };
  const last = parts.at(-1) ?? '';
  const isPlain = /^\d+(?:\.\d+)?$/u.test(last);
  const product = isPlain ? [String(Number((Number(last) * scale).toPrecision(15)))] : [last, String(scale)];
  return { parts: [...parts.slice(0, -1), ...product], next: next + 1, isScaled: true };
}

/** The unit behind a number; letters glued to it belong to it, whatever they are: "12a", "1990s". */
function unitAt(
  tokens: readonly Token[],
  { next, isScaled }: Numeral,
): { readonly unit?: string; readonly next: number } {
  const glued = isGlued(tokens[next - 1], tokens[next]) && !isScaled ? lower(tokens[next]) : '';
  const isOrdinal = ORDINAL_ENDING.test(glued);
  const isDash = DASH.test(glued) && isGlued(tokens[next], tokens[next + 1]);
  const start = isOrdinal || isDash ? next + 1 : next;
  for (const length of [2, 1]) {
    const words = tokens.slice(start, start + length).map((token) => lower(token).replaceAll('.', ''));
    const unit = unitName(words.join(' ')) ?? unitName(words.join(''));
    if (unit !== undefined) return { unit, next: start + length };
  }
  if (isOrdinal) return { next: start };
  return glued === '+' || /^[a-z]+$/u.test(glued) ? { unit: glued, next: next + 1 } : { next };
}

/** A time of day by the clock of 24 hours. */
function timeOf(value: string, half: 'am' | 'pm'): string {
  const [, hour, minutes = ':00'] = /^(\d{1,2})(:\d\d)?$/u.exec(value) ?? [];
  return hour === undefined ? `${value} ${half}` : `${(Number(hour) % 12) + (half === 'pm' ? 12 : 0)}${minutes}`;
}
