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
  /** A span that ends before it begins. */
  readonly reversed: number;
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
  /** A part of a year that leaves the month open, or gives it. */
  readonly aboutOpen: number;
  readonly aboutMonth: number;
  /** An aside without its year, whether it leaves the story where it was or takes it along. */
  readonly asideStays: number;
  readonly asideMoves: number;
  /** A year that only qualifies a noun, where it is not the story's. */
  readonly softApart: number;
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
  /** A written year that is a year off, by a careful author and by one who makes slips; more for less than a day. */
  readonly typo: number;
  readonly typoCareless: number;
  readonly typoMonth: number;
  readonly typoYear: number;
  /** The same once more, where the whole text is asked for its author: bare years stray for better reasons than slips. */
  readonly strayYear: number;
  /** Logarithms of the odds that an author makes slips, and how many times as likely who misspells every month is to. */
  readonly careless: number;
  readonly misspeller: number;
}

export const storyCosts: StoryCosts = {
  writtenForward: 1.2,
  writtenBackward: 1.8,
  writtenTurn: 2,
  jump: 7,
  inSentence: 1.5,
  inNewBlock: 0.7,
  cued: 0.8,
  reversed: 12,
  forward: 0.35,
  beyond: 1.3,
  backward: 0.7,
  turn: 2,
  yearOn: 7,
  yearBack: 6,
  digressYear: 7,
  digressMonth: 8,
  digressDay: 8,
  aside: 9,
  aboutOpen: 2.5,
  aboutMonth: 0.1,
  asideStays: 1,
  asideMoves: 0.5,
  softApart: 1.3,
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
  near: 0.7,
  nearScenes: 5.5,
  nearMonths: 5,
  nearFloor: 0.2,
  sameDay: 2.8,
  weekday: 8,
  unwritten: 0.45,
  typo: 6,
  typoCareless: 3.7,
  typoMonth: 1,
  typoYear: 0.5,
  strayYear: 1,
  careless: -5,
  misspeller: 4,
};
