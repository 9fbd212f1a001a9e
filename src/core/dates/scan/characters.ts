/** Character classes by UTF-16 code unit, as the scanner needs them. */

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isUpper = (code: number): boolean => code >= 65 && code <= 90;
export const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || isUpper(code);
export const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0;

/** Letters beyond ASCII belong to words too ("Ápril" is not "pril"); punctuation and the two Latin-1 signs do not. */
export const isWide = (code: number): boolean =>
  code >= 0xc0 && (code < 0x2000 || code > 0x206f) && code !== 0xd7 && code !== 0xf7;

/** Where the run of ASCII letters that begins at `start` ends. */
export function lettersEnd(text: string, start: number): number {
  let end = start;
  while (isLetter(text.charCodeAt(end))) end += 1;
  return end;
}

/** A number for the first three letters of a word, case folded; -1 where one of them is no ASCII letter. */
export function prefixOf(text: string, start: number): number {
  const a = text.charCodeAt(start);
  const b = text.charCodeAt(start + 1);
  const c = text.charCodeAt(start + 2);
  if (!isLetter(a) || !isLetter(b) || !isLetter(c)) return -1;
  return ((a & 31) << 10) | ((b & 31) << 5) | (c & 31);
}

/** A table of prefixes, for a look-up without making a string. */
export function prefixTable(words: Iterable<string>): Uint8Array {
  const table = new Uint8Array(1 << 15);
  for (const word of words) {
    const prefix = prefixOf(word, 0);
    if (prefix !== -1) table[prefix] = 1;
  }
  return table;
}
