import { monthsByAbbreviation, monthsByName, weekdays } from './lexicon.ts';

/** What may begin a date: the parsers are tried only at one of these. */
export type AnchorKind = 'number' | 'month' | 'weekday' | 'unit' | 'deictic' | 'holiday';

export interface Anchor {
  readonly kind: AnchorKind;
  readonly start: number;
  /** End of the word or of the digits (before an ordinal's suffix). */
  readonly end: number;
  /** The number, month (1-12) or weekday (1-7); 0 for other words. */
  readonly value: number;
  /** Lower-case word; empty for a number. */
  readonly word: string;
}

type Entry = readonly [string, { readonly kind: AnchorKind; readonly value: number }];

const plain = (kind: AnchorKind, ...words: string[]): Entry[] => words.map((word) => [word, { kind, value: 0 }]);
const valued = (kind: AnchorKind, words: ReadonlyMap<string, number>): Entry[] =>
  [...words].map(([word, value]) => [word, { kind, value }]);

/** Every anchor word, lower case. */
export const anchorWords: ReadonlyMap<string, Entry[1]> = new Map([
  ...valued('month', monthsByName),
  ...valued('month', monthsByAbbreviation),
  ...valued('weekday', weekdays),
  ...plain('unit', 'date', 'day', 'days', 'week', 'weeks', 'month', 'months', 'year', 'years'),
  ...plain('deictic', 'yesterday', 'today', 'tomorrow'),
  ...plain('holiday', 'christmas', 'eve'),
]);

/** Words after which a capitalised misspelling is a month though no number is near ("in Octobr"). */
export const monthLeads: ReadonlySet<string> = new Set(
  'in by since until till early late mid during throughout last next of from to and between before after through previous'.split(
    ' ',
  ),
);

/** Words that a hyphen may join to a year or day ("mid-1941"): after any other the number belongs to a name. */
export const joinedLeads: ReadonlySet<string> = new Set('mid early late pre post circa from between'.split(' '));
