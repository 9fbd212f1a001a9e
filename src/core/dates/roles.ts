import type { BlockKind } from '../page/types.ts';
import { monthIndex } from './clock.ts';
import type { Period } from './period.ts';
import type { Resolved } from './resolver.ts';
import type { MentionRole } from './types.ts';

/** What stands before a date in its own sentence decides what it does there; farther back nothing is read. */
const REACH = 160;
const SENTENCE_END = /[.!?]["”’')\]]?\s+(?=["“‘'(]?[A-Z0-9])|;\s|\s[–—]\s(?=[A-Z])/g;
const ABBREVIATED =
  /\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Gov|Sen|Rep|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.N|U\.K)\.$/;

/** What is announced: a modal or a participle of planning. */
const FUTURE =
  /\b(?:will|would|shall|'ll|’ll|is to|are to|was to|were to|due|expected|scheduled|planned|plans?|planning|slated|set (?:to|for)|to be held|upcoming|intends?|intended|going to|about to|proposed for|later this)\b/gi;
/** What is told: verbs of saying, and past verbs by their ending. Participles of planning are not among them. */
const PAST =
  /(?<!-)\b(?:said|says|told|tells|wrote|met|held|took|began|gave|made|came|went|struck|hit|fell|saw|was|were|had|spoke|became|found|left|sent|put|shot|won|lost|broke|drove|fought|rose|cut|led|ran|read|sank|shook|stood|threw|has|have|(?!expected|scheduled|planned|intended|proposed|slated|need|speed|indeed|exceed|proceed)[a-z]{2,}ed)\b/gi;

const DEADLINE =
  /\b(?:deadline(?:\s\w+){0,3}|no later than|not later than|at the latest|ultimatum(?:\s\w+){0,4}|expires?(?:\son)?|expiry(?:\son)?|(?:must|should|shall|has to|have to|need to|needs to|required to|ordered to|demanded?|given|gave)\b[^.;]{0,80}\b(?:by|before|until|till))\s(?:the\s)?$/i;
const LOOKS_BACK =
  /\b(?:since|following|after|before|prior to|anniversary of|as of|dated?|echoe[sd]|recall(?:s|ed|ing)|referring to|comments?|remarks?|killed on|born on?)\b[^.;,]{0,70}$/i;

/** The part of the sentence before `start`, at most {@link REACH} characters. */
export function clauseBefore(text: string, start: number): string {
  const from = Math.max(0, start - REACH);
  const stretch = text.slice(from, start);
  let cut = 0;
  for (const match of stretch.matchAll(SENTENCE_END)) {
    if (!ABBREVIATED.test(stretch.slice(Math.max(0, match.index - 6), match.index + 1)))
      cut = match.index + match[0].length;
  }
  return stretch.slice(cut);
}

function lastIndex(pattern: RegExp, text: string): { start: number; end: number } {
  let last = { start: -1, end: -1 };
  for (const match of text.matchAll(pattern)) last = { start: match.index, end: match.index + match[0].length };
  return last;
}

/** A passive future keeps its participle: "would be held on", "will be opened". */
const PASSIVE = /^\s(?:\w+ly\s)?(?:be|have|been|also|then|not|hold|mark|meet|take)?\s?(?:\w+\s)?$/i;

function scheduled(clause: string): boolean {
  // Most clauses announce nothing, and one look tells.
  if (clause.search(FUTURE) === -1) return false;
  const future = lastIndex(FUTURE, clause);
  const past = lastIndex(PAST, clause);
  if (past.start < future.end) return true;
  return PASSIVE.test(clause.slice(future.end, past.start));
}

/** "since", "the comments on": unless a verb has begun another clause in between ("following the talks they held on"). */
function looksBack(clause: string): boolean {
  const back = LOOKS_BACK.exec(clause);
  return back !== null && lastIndex(PAST, clause).start <= back.index;
}

/** A date this many months before the page's period is history there, not news. */
const HISTORY_MONTHS = 13;

/** What a mention does in its sentence, under the conventions in `docs/dates.md`. */
export function roleOf(resolved: Resolved, text: string, kind: BlockKind, period: Period | null): MentionRole {
  const { candidate, to } = resolved;
  if (kind === 'frontMatter') return 'historical';
  if (candidate.attribute === true) return 'attribute';
  if (kind === 'heading') return 'context';
  const clause = clauseBefore(text, candidate.start);
  if (DEADLINE.test(clause)) return 'deadline';
  if (period !== null && to !== null) {
    const own = monthIndex(period);
    const lag = own - monthIndex({ year: to.year, month: to.month ?? 12 });
    if (period.month === null ? to.year < period.year - 1 : lag > HISTORY_MONTHS) return 'historical';
    if (scheduled(clause)) return 'scheduled';
    if (candidate.shape.kind === 'offset' && candidate.shape.from === 'present' && candidate.shape.amount < 0)
      return 'background';
    if (looksBack(clause) || (period.month !== null && lag > 0)) return 'background';
    return 'event';
  }
  if (scheduled(clause)) return 'scheduled';
  return 'event';
}
