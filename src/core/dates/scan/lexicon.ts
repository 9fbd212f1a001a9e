import { shortMonths, monthNames as written } from '../../text/months.ts';
import { smallNumbers } from '../../text/number-words.ts';

/** The closed vocabulary of English dates: months, weekdays, numbers in words. All keys are lower case. */

/** Full month names, January first. */
export const monthNames: readonly string[] = written.map((name) => name.toLowerCase());

const numbered = (names: readonly string[]): [string, number][] => names.map((name, i) => [name, i + 1]);

/** Month numbers (1-12) by full name. */
export const monthsByName: ReadonlyMap<string, number> = new Map(numbered(monthNames));

/** Month numbers (1-12) by abbreviation, without its full stop. */
export const monthsByAbbreviation: ReadonlyMap<string, number> = new Map<string, number>([
  ...numbered(shortMonths).filter(([short]) => !monthsByName.has(short)),
  ['febr', 2],
  ['sept', 9],
]);

/** ISO weekdays (Monday 1) by name. */
export const weekdays: ReadonlyMap<string, number> = new Map(
  numbered('monday tuesday wednesday thursday friday saturday sunday'.split(' ')),
);

/** Small cardinals in words, articles included ("a week later"). */
export const numberWords: ReadonlyMap<string, number> = new Map<string, number>([
  ...numbered([...smallNumbers.slice(1), 'twenty']),
  ['a', 1],
  ['an', 1],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['ninety', 90],
]);
