/** The months in English, January first. */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The first three letters in lower case, January first: how HTTP dates and file names write a month. */
export const shortMonths: readonly string[] = monthNames.map((name) => name.slice(0, 3).toLowerCase());

const byWord: ReadonlyMap<string, number> = new Map([
  ...monthNames.map((name, index) => [name.toLowerCase(), index + 1] as const),
  ...shortMonths.map((name, index) => [name, index + 1] as const),
  ['febr', 2],
  ['sept', 9],
]);

/**
 * The month (1-12) of an English name, full or short ("March", "mar", "Sept", without a full stop), in any case; null
 * for other words and for misspellings.
 */
export function monthNumber(word: string): number | null {
  return byWord.get(word.toLowerCase()) ?? null;
}
