import { smallNumbers } from '../../text/number-words.ts';

const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const IRREGULAR = { first: 1, second: 2, third: 3, fifth: 5, eighth: 8, ninth: 9, twelfth: 12 };
const CARDINALS = new Map([
  ...smallNumbers.map((word, value) => [word, value] as const),
  ...TENS.map((word, n) => [word, 10 * n + 20] as const),
]);
const ORDINALS = new Map([
  ...[...CARDINALS].map(([word, value]) => [`${word.replace(/y$/u, 'ie')}th`, value] as const),
  ...Object.entries(IRREGULAR),
]);

/** The value of an English number word under a hundred (lower case); null for other words. */
export function wordValue(word: string): { readonly value: number; readonly isOrdinal: boolean } | null {
  const value = CARDINALS.get(word) ?? ORDINALS.get(word);
  return value === undefined ? null : { value, isOrdinal: ORDINALS.has(word) };
}

const HAN_DIGITS = '〇一二三四五六七八九';

/**
 * A number without its thousands separators and with a point for decimals. One separator that is decimal in one reading
 * and thousands in another is kept: "1.125", and "1,125" before a magnitude.
 */
export function plainNumber(digits: string, hasScale: boolean): string {
  const number = digits
    .replace(/[\uff10-\uff19]/gu, (digit) => digit.normalize('NFKC'))
    .replace(/[〇一二三四五六七八九]/gu, (sign) => String(HAN_DIGITS.indexOf(sign)));
  const parts = /^(\p{N}+)((?:([.,'\u2019])\p{N}{3})(?:\3\p{N}{3})*)?(?:[.,](\p{N}+))?$/u.exec(number);
  if (parts === null) return number;
  const [, first = '', groups = '', mark = '', decimals = ''] = parts;
  const isGrouped = /^[1-9]\p{N}{0,2}$/u.test(first);
  const isDoubtful = groups.length === 4 && decimals === '' && (mark === '.' || (mark === ',' && hasScale));
  if (groups !== '' && (isDoubtful || !isGrouped)) return number;
  return first + groups.replace(/[.,'\u2019]/gu, '') + (decimals === '' ? '' : `.${decimals}`);
}
