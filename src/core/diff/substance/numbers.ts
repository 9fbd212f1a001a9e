const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const ORDINALS = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth';
const VALUES = new Map([
  ...SMALL.split(' ').map((word, value) => [word, value] as const),
  ...SMALL.split(' ').map((word, value) => [`${word}th`, value] as const),
  ...ORDINALS.split(' ').map((word, value) => [word, value] as const),
  ...TENS.split(' ').map((word, n) => [word, 10 * n + 20] as const),
  ...TENS.split(' ').map((word, n) => [word.replace(/y$/u, 'ieth'), 10 * n + 20] as const),
]);

/** What an English number word says, cardinal or ordinal, under a hundred; undefined for other words (lower case). */
export function wordValue(word: string): number | undefined {
  return VALUES.get(word);
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
