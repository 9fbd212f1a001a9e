/** What the search for a story's years counts as how unlikely; the unit is arbitrary, only proportions matter. */
export interface StoryCosts {
  /** To a date with its year: per month forward and back, and at most for any leap. */
  readonly writtenForward: number;
  readonly writtenBackward: number;
  readonly jump: number;
  /** To a date without: per month forward, more beyond eleven months, and per month back. */
  readonly forward: number;
  readonly beyond: number;
  readonly backward: number;
  /** Turning back at all. */
  readonly turn: number;
  /** From a bare year to a month of the next or last year. */
  readonly yearOn: number;
  readonly yearBack: number;
  /** Leaving the story for a while, by a bare year, a month, a day, or an aside. */
  readonly digressYear: number;
  readonly digressMonth: number;
  readonly digressDay: number;
  readonly aside: number;
  /** Taking a year that only qualifies a noun for the story's. */
  readonly soft: number;
  /** Coming back from there, and going on there without a year. */
  readonly returnInSentence: number;
  readonly returnInBlock: number;
  readonly returnLater: number;
  readonly stayInBlock: number;
  readonly stayLater: number;
  /** Not believing a heading's year. */
  readonly ignoreChapter: number;
  /** A written year that is a year off, on a page whose months are all spelt right, and on one where many are not. */
  readonly typo: number;
  readonly typoCareless: number;
}

export const storyCosts: StoryCosts = {
  writtenForward: 0.25,
  writtenBackward: 0.7,
  jump: 8,
  forward: 0.35,
  beyond: 1.3,
  backward: 0.7,
  turn: 2,
  yearOn: 7,
  yearBack: 6,
  digressYear: 9,
  digressMonth: 8,
  digressDay: 10,
  aside: 5,
  soft: 7,
  returnInSentence: 4,
  returnInBlock: 1.25,
  returnLater: 0.5,
  stayInBlock: 3,
  stayLater: 8,
  ignoreChapter: 6,
  typo: 10,
  typoCareless: 6,
};

/** The share of misspelt months from which on an author counts as wholly careless. */
const CARELESS = 0.2;

/** Who misspells months mistypes years too: the price of doubting a year falls with the share of misspelt months. */
export function costsFor(misspeltShare: number): StoryCosts {
  const careless = Math.min(1, misspeltShare / CARELESS);
  return { ...storyCosts, typo: storyCosts.typo + (storyCosts.typoCareless - storyCosts.typo) * careless };
}
