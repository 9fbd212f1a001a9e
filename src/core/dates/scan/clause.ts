/** The words before a date in its own sentence decide its role; farther back nothing is read. */
const REACH = 160;
const SENTENCE_END = /[.!?]["”’')\]]?\s+(?=["“‘'(]?[A-Z0-9])|;\s|\s[–—]\s(?=[A-Z])/g;
/** What is announced: a modal or a participle of planning. */
const FUTURE =
  /\b(?:will|would|shall|'ll|’ll|is to|are to|was to|were to|due|expected|scheduled|planned|plans?|planning|slated|set (?:to|for)|to be held|upcoming|intends?|intended|going to|about to|proposed for|later this)\b/gi;
/** Verbs of saying, and past verbs by their ending. Participles of planning are not among them. */
export const PAST =
  /(?<!-)\b(?:said|says|told|tells|wrote|met|held|took|began|gave|made|came|went|struck|hit|fell|saw|was|were|had|spoke|became|found|left|sent|put|shot|won|lost|broke|drove|fought|rose|cut|led|ran|read|sank|shook|stood|threw|has|have|(?!expected|scheduled|planned|intended|proposed|slated|need|speed|indeed|exceed|proceed)[a-z]{2,}ed)\b/gi;

/** The part of the sentence before `start`, at most {@link REACH} characters. */
export function clauseBefore(text: string, start: number): string {
  const from = Math.max(0, start - REACH);
  const stretch = text.slice(from, start);
  let cut = 0;
  for (const match of stretch.matchAll(SENTENCE_END)) {
    cut = match.index + match[0].length;
  }
  return stretch.slice(cut);
}

/** Where the last match of a global pattern lies; -1 where there is none. */
export function lastIndex(pattern: RegExp, text: string): { start: number; end: number } {
  let last = { start: -1, end: -1 };
  for (const match of text.matchAll(pattern)) last = { start: match.index, end: match.index + match[0].length };
  return last;
}

/** A passive future keeps its participle: "would be held on", "will be opened". */
const PASSIVE = /^\s(?:\w+ly\s)?(?:be|have|been|also|then|not|hold|mark|meet|take)?\s?(?:\w+\s)?$/i;

/** Whether a clause announces what follows it, rather than reports it. */
export function announces(clause: string): boolean {
  // Most clauses announce nothing, and one search is enough to see it.
  if (clause.search(FUTURE) === -1) return false;
  const future = lastIndex(FUTURE, clause);
  const past = lastIndex(PAST, clause);
  if (past.start < future.end) return true;
  return PASSIVE.test(clause.slice(future.end, past.start));
}
