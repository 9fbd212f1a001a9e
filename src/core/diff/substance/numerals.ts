import { plainNumber, wordValue } from './numbers.ts';
import { DASH, DASHES, isGlued, lower, type Token } from './tokens.ts';
import { scaleOf } from './units.ts';

/** A number at a place of a text, the same in digits and in words. */
export interface Numeral {
  /** Its value in digits; "th" behind an ordinal, "to" between the numbers of a range. */
  readonly parts: readonly string[];
  /** The token behind it. */
  readonly next: number;
}

/** Groups of three digits behind the first: "10 000". */
const MOST_GROUPS = 4;
const RANGE = new RegExp(`([${DASHES}])`, 'u');

/** Reads the number that starts at a token, multiplied by the magnitude behind it; null where none does. */
export function numeralAt(tokens: readonly Token[], at: number): Numeral | null {
  const token = tokens[at];
  if (token?.kind === 'number') return inDigits(tokens, token.word, at + 1);
  return token?.kind === 'word' ? inWords(tokens, at) : null;
}

function inDigits(tokens: readonly Token[], first: string, behind: number): Numeral {
  let digits = first;
  let next = behind;
  while (next < behind + MOST_GROUPS && isGroup(tokens, digits, next)) digits += tokens[next++]?.word;
  if (isGlued(tokens[next - 1], tokens[next]) && /^(?:st|nd|rd|th)$/u.test(lower(tokens[next])))
    return { parts: [digits, 'th'], next: next + 1 };
  const scale = scaleAt(tokens, next);
  const read = (part: string): string => {
    const numbers = part.split(/([:/x\u00d7])/u).map((number) => plainNumber(number, scale !== null));
    return numbers.join('');
  };
  const parts = digits.split(RANGE).map((part) => (DASH.test(part) ? 'to' : read(part)));
  return scaled(parts, scale, next);
}

/** Whether a space parts three digits from those before. */
function isGroup(tokens: readonly Token[], digits: string, at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before === undefined || token?.kind !== 'number') return false;
  const isOneApart = token.start === before.start + before.word.length + 1;
  return isOneApart && /^[1-9]\p{N}{0,2}(?:\p{N}{3})*$/u.test(digits) && /^\p{N}{3}(?:[.,]\p{N}+)?$/u.test(token.word);
}

/** One word, or a ten and a unit: "twenty-five"; a magnitude alone is one of it. */
function inWords(tokens: readonly Token[], at: number): Numeral | null {
  const first = wordValue(lower(tokens[at]));
  if (first === null) {
    const scale = lower(tokens[at]).length > 3 ? scaleAt(tokens, at) : null;
    return scale === null ? null : { parts: [String(scale)], next: at + 1 };
  }
  const dash = DASH.test(lower(tokens[at + 1])) ? 1 : 0;
  const second = wordValue(lower(tokens[at + 1 + dash]));
  const isPair = first.value >= 20 && second !== null && second.value > 0 && second.value < 10;
  const value = String(first.value + (isPair ? second.value : 0));
  const next = isPair ? at + 2 + dash : at + 1;
  if (isPair ? second.isOrdinal : first.isOrdinal) return { parts: [value, 'th'], next };
  return scaled([value], scaleAt(tokens, next), next);
}

/** The magnitude at a token; one letter must be glued to its number: "5m". */
function scaleAt(tokens: readonly Token[], at: number): number | null {
  const word = lower(tokens[at]);
  return word.length > 1 || isGlued(tokens[at - 1], tokens[at]) ? scaleOf(word) : null;
}

/** The last number times a magnitude; one that has two readings keeps the magnitude behind it. */
function scaled(parts: readonly string[], scale: number | null, next: number): Numeral {
  if (scale === null) return { parts, next };
  const last = parts.at(-1) ?? '';
  const isPlain = /^\d+(?:\.\d+)?$/u.test(last);
  const product = isPlain ? [String(Number((Number(last) * scale).toPrecision(15)))] : [last, String(scale)];
  return { parts: [...parts.slice(0, -1), ...product], next: next + 1 };
}
