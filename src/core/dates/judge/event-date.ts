import { formatDay } from '../calendar.ts';
import type { Resolved } from '../resolve/resolver.ts';
import type { DateBasis, MentionRole } from '../types.ts';

/** A mention with its role, and the day that it would give its paragraph. */
export interface Judged {
  readonly resolved: Resolved;
  readonly role: MentionRole;
}

export interface EventDate {
  readonly date: string;
  readonly basis: DateBasis;
}

/** The day that a mention ends on; null for anything coarser. */
function lastDay({ resolved }: Judged): string | null {
  const { to } = resolved;
  return to === null || to.month === null || to.day === null ? null : formatDay(to.year, to.month, to.day);
}

function latest(judged: readonly Judged[], role: MentionRole): EventDate | null {
  let best: EventDate | null = null;
  for (const mention of judged) {
    if (mention.role !== role) continue;
    const date = lastDay(mention);
    if (date !== null && (best === null || date > best.date)) best = { date, basis: mention.resolved.basis };
  }
  return best;
}

/**
 * A paragraph's own day: the latest that it reports as an event, else the latest it looks back to, else the first
 * that it announces (the lead event). History, attributes and deadlines never give it.
 */
export function eventDateOf(judged: readonly Judged[]): EventDate | null {
  const reported = latest(judged, 'event') ?? latest(judged, 'background');
  if (reported !== null) return reported;
  for (const mention of judged) {
    const date = mention.role === 'scheduled' ? lastDay(mention) : null;
    if (date !== null) return { date, basis: mention.resolved.basis };
  }
  return null;
}
