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
  /** A written year that is a year off. */
  readonly typo: number;
}

export const storyCosts: StoryCosts = {
  writtenForward: 0.15,
  writtenBackward: 0.5,
  jump: 12,
  forward: 0.5,
  beyond: 1.5,
  backward: 1.1,
  turn: 1.5,
  yearOn: 7,
  yearBack: 11,
  digressYear: 4,
  digressMonth: 8,
  digressDay: 10,
  aside: 3,
  soft: 3,
  returnInSentence: 4,
  returnInBlock: 1.5,
  returnLater: 0.5,
  stayInBlock: 1.5,
  stayLater: 3,
  typo: 14,
};
