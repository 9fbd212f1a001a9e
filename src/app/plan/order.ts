import { type CheckState, periodOf } from '#core/schedule/check.ts';
import { type Bounds, boundsOf, longestPause } from '#core/schedule/interval.ts';

/**
 * The due pages in the order in which a host that cannot serve all of them gets to them. First those that have waited for
 * their longest pause, or were never looked at; the others as they were. So a page that often changes, or one that its host
 * has put off again and again, keeps no other beyond its bound.
 * @param due longest overdue first
 * @param now epoch milliseconds
 */
export function promisedFirst(due: readonly CheckState[], now: number, bounds: Bounds): CheckState[] {
  const latest = new Map(due.map((check) => [check, latestAt(check, now, bounds)]));
  const at = (check: CheckState) => latest.get(check) ?? now;
  const promised = due.filter((check) => at(check) <= now).sort((a, b) => at(a) - at(b));
  return [...promised, ...due.filter((check) => at(check) > now)];
}

/** When the page is to be looked at at the latest, epoch milliseconds. */
function latestAt({ dueAt, lastCheckedAt, page, summary, added }: CheckState, now: number, bounds: Bounds): number {
  if (lastCheckedAt === null) return Date.parse(dueAt);
  const pause = longestPause(periodOf(page, summary.period), now, boundsOf(added?.every ?? null, bounds));
  return Date.parse(lastCheckedAt) + pause;
}
