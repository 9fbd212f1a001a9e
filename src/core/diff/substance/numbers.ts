import type { SeenWord } from './lexicon.ts';
import { type Quantity, unitBehind } from './quantities.ts';

const VALUES = new Map<string, number>(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen twenty'
  )
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, n) => [word, 10 * n + 20]),
);
const ORDINALS = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'
    .split(' ')
    .map((word, value) => [word, String(value + 1)]),
);
const OTHERS = new Set(
  'dozen dozens hundred hundreds thousand thousands million millions billion billions trillion trillions half twice'.split(
    ' ',
  ),
);

/** What quantities and number words say; "one" by itself, for it is mostly no number. */
export interface Numbers {
  readonly facts: readonly string[];
  readonly ones: number;
}

/**
 * The numbers among a text's words, those in words put into digits ("twenty-five").
 *
 * @param quantities the text's quantities that count.
 * @param words the text's words that count; words that are the unit of a quantity do not.
 */
export function numbersOf(quantities: readonly Quantity[], words: readonly SeenWord[]): Numbers {
  const facts = quantities.flatMap((quantity) => quantity.facts);
  let ones = 0;
  let covered = 0;
  words.forEach(({ word, start, text }, at) => {
    if (start < covered || /\p{N}/u.test(word)) return;
    const lower = word.toLowerCase();
    const next = words[at + 1];
    const ten = TENS.get(lower);
    const more = ten === undefined || next === undefined ? 0 : unitOf(next, start + word.length);
    const isPair = more > 0 && next !== undefined;
    const value = ten === undefined ? VALUES.get(lower) : ten + more;
    const end = isPair ? next.start + next.word.length : start + word.length;
    if (value !== undefined) {
      const unit = unitBehind(text, end);
      const hasUnit = unit !== null && unit.name !== '';
      covered = hasUnit ? unit.end : end;
      if (lower === 'one' && !hasUnit) ones++;
      else facts.push(String(value), ...(hasUnit ? [unit.name] : []));
    } else {
      const other = ORDINALS.get(lower) ?? (OTHERS.has(lower) ? lower : undefined);
      if (other !== undefined) facts.push(other);
    }
  });
  return { facts, ones };
}

/** 1 to 9 where a word stands for it right behind a ten ("twenty-five"); else 0. */
function unitOf({ word, start, text }: SeenWord, end: number): number {
  const value = VALUES.get(word.toLowerCase()) ?? 0;
  return value < 10 && start === end + 1 && /[\s\u2010\u2011-]/u.test(text[end] ?? '') ? value : 0;
}

/** Whether two texts give other numbers. "One" for "1" is the same, and "one" that comes or goes is none. */
export function differInNumbers(a: Numbers, b: Numbers): boolean {
  const balance = new Map<string, number>();
  for (const fact of a.facts) balance.set(fact, (balance.get(fact) ?? 0) + 1);
  for (const fact of b.facts) balance.set(fact, (balance.get(fact) ?? 0) - 1);
  const ones = balance.get('1') ?? 0;
  if (ones !== 0 && ones + a.ones - b.ones === 0) balance.delete('1');
  return [...balance.values()].some((count) => count !== 0);
}
