/**
 * A letter of a script that puts no space between words, with its marks: there each letter is a word of its own. Digits
 * are not among them, and the sign that lengthens a kana is. For use inside a regular expression with the flag `u`.
 */
export const UNSPACED =
  '(?!\\p{N})[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30fc]\\p{M}*';

/** Letters, marks and digits of all other scripts. */
export const SPACED_LETTERS = `(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}])+`;

const ANY = new RegExp(UNSPACED, 'u');

/** Whether a word is of such a script. */
export function isUnspaced(word: string): boolean {
  return ANY.test(word);
}
