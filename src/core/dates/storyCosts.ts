/**
 * What the search for a story's years counts as how unlikely, in natural logarithms of odds as far as they could be
 * guessed; the rest was set by hand. Dates are too few in any collection to fit so many numbers, and fitted ones did
 * worse on texts left out.
 */
export interface StoryCosts {
  /** To a date with its year: by the logarithm of the months forward or back, for turning back at all, and at most. */
  readonly writtenForward: number;
  readonly writtenBackward: number;
  readonly writtenTurn: number;
  readonly jump: number;
  /** Such steps count so many times as much within a sentence, from block to block, and where words announce them. */
  readonly inSentence: number;
  readonly inNewBlock: number;
  readonly cued: number;
  /** To a date without: per month forward, more beyond eleven months, per month back, and for turning back at all. */
  readonly forward: number;
  readonly beyond: number;
  readonly backward: number;
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
  /** A heading's year before or after the year reached, by the logarithm of the years between; not believing it. */
  readonly chapterBack: number;
  readonly chapterOn: number;
  readonly ignoreChapter: number;
  /** A year outside its heading's years; for a heading, the credit of the year that the headings about it count to. */
  readonly outsideChapter: number;
  readonly counted: number;
  /** How much the dates about a date count, how far one is felt (in scenes and in months), and what none are worth. */
  readonly near: number;
  readonly nearScenes: number;
  readonly nearMonths: number;
  readonly nearFloor: number;
  /** The credit of a day told elsewhere; the cost of a weekday that the year does not give. */
  readonly sameDay: number;
  readonly weekday: number;
  /** The part of this evidence that counts for a date without its year. */
  readonly unwritten: number;
  /** A written year that is a year off, by a careful author and by one who makes slips. */
  readonly typo: number;
  readonly typoCareless: number;
  /** The share of likely slips from which on an author counts as wholly careless. */
  readonly careless: number;
}

export const storyCosts: StoryCosts = {
  writtenForward: 1.2,
  writtenBackward: 1.8,
  writtenTurn: 2,
  jump: 8,
  inSentence: 1.5,
  inNewBlock: 0.7,
  cued: 0.8,
  forward: 0.35,
  beyond: 1.3,
  backward: 0.7,
  turn: 2,
  yearOn: 7,
  yearBack: 6,
  digressYear: 7,
  digressMonth: 9,
  digressDay: 9,
  aside: 9,
  soft: 7,
  returnInSentence: 3,
  returnInBlock: 1,
  returnLater: 0.3,
  stayInBlock: 4,
  stayLater: 8,
  chapterBack: 2,
  chapterOn: 0.2,
  ignoreChapter: 6,
  outsideChapter: 1,
  counted: 9,
  near: 0.6,
  nearScenes: 4,
  nearMonths: 5,
  nearFloor: 0.2,
  sameDay: 5,
  weekday: 8,
  unwritten: 0.3,
  typo: 10,
  typoCareless: 5,
  careless: 0.03,
};
