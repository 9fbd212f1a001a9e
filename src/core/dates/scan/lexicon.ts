/** The closed vocabulary of English dates: months, weekdays, numbers in words. All keys are lower case. */

const MONTH_NAMES = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

const MONTH_ABBREVIATIONS: readonly (readonly [string, number])[] = [
  ['jan', 1],
  ['feb', 2],
  ['febr', 2],
  ['mar', 3],
  ['apr', 4],
  ['jun', 6],
  ['jul', 7],
  ['aug', 8],
  ['sep', 9],
  ['sept', 9],
  ['oct', 10],
  ['nov', 11],
  ['dec', 12],
];

/** Full month names, January first. */
export const monthNames: readonly string[] = MONTH_NAMES;

/** Month numbers (1-12) by full name. */
export const monthsByName: ReadonlyMap<string, number> = new Map(MONTH_NAMES.map((name, i) => [name, i + 1]));

/** Month numbers (1-12) by abbreviation, without its full stop. */
export const monthsByAbbreviation: ReadonlyMap<string, number> = new Map(MONTH_ABBREVIATIONS);

/** ISO weekdays (Monday 1) by name and by the abbreviations that are no other word. */
export const weekdays: ReadonlyMap<string, number> = new Map([
  ['monday', 1],
  ['tuesday', 2],
  ['wednesday', 3],
  ['thursday', 4],
  ['friday', 5],
  ['saturday', 6],
  ['sunday', 7],
]);

const NUMBER_WORDS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
] as const;

/** Small cardinals in words, articles included ("a week later"). */
export const numberWords: ReadonlyMap<string, number> = new Map<string, number>([
  ...NUMBER_WORDS.map((word, i): [string, number] => [word, i + 1]),
  ['a', 1],
  ['an', 1],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['ninety', 90],
]);
