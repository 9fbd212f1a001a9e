import type { BlockKind } from '../../page/types.ts';
import { monthIndex } from '../resolve/clock.ts';
import type { Period } from '../resolve/period.ts';
import type { Resolved } from '../resolve/resolver.ts';
import { announces, lastIndex, PAST } from '../scan/clause.ts';
import type { MentionRole } from '../types.ts';

const DEADLINE =
  /\b(?:deadline(?:\s\w+){0,3}|no later than|not later than|at the latest|ultimatum(?:\s\w+){0,4}|expires?(?:\son)?|expiry(?:\son)?|(?:must|should|shall|has to|have to|need to|needs to|required to|ordered to|demanded?|given|gave)\b[^.;]{0,80}\b(?:by|before|until|till))\s(?:the\s)?$/i;
const LOOKS_BACK =
  /\b(?:since|following|after|before|prior to|anniversary of|as of|dated?|echoe[sd]|recall(?:s|ed|ing)|referring to|comments?|remarks?|killed on|born on?)\b[^.;,]{0,70}$/i;

/**
 * "since", "the comments on": unless a verb has begun another clause in between ("following the talks they held on").
 */
function looksBack(clause: string): boolean {
  const back = LOOKS_BACK.exec(clause);
  return back !== null && lastIndex(PAST, clause).start <= back.index;
}

/** A date this many months before the page's period is history there, not news. */
const HISTORY_MONTHS = 13;

/**
 * What a mention does in its sentence, given the part of it before the mention, under the conventions in
 * `docs/dates.md`.
 */
export function roleOf(resolved: Resolved, clause: string, kind: BlockKind, period: Period | null): MentionRole {
  const { candidate, to } = resolved;
  if (kind === 'frontMatter') return 'historical';
  if (candidate.attribute === true) return 'attribute';
  if (kind === 'heading') return 'context';
  if (DEADLINE.test(clause)) return 'deadline';
  if (period !== null && to !== null) {
    const own = monthIndex(period);
    const lag = own - monthIndex({ year: to.year, month: to.month ?? 12 });
    if (period.month === null ? to.year < period.year - 1 : lag > HISTORY_MONTHS) return 'historical';
    if (announces(clause)) return 'scheduled';
    if (candidate.shape.kind === 'offset' && candidate.shape.from === 'present' && candidate.shape.amount < 0)
      return 'background';
    if (looksBack(clause) || (period.month !== null && lag > 0)) return 'background';
    return 'event';
  }
  if (announces(clause)) return 'scheduled';
  return 'event';
}
