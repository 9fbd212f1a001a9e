import { MAX_RETRY_AFTER_SECONDS } from '../net/retry-after.ts';
import type { CheckState } from './check.ts';
import { type Bounds, LONGEST_PAUSE_MINUTES } from './interval.ts';

const WIDEST: LongestPauses = {
  checkAtLeastEvery: LONGEST_PAUSE_MINUTES,
  checkClosedAtLeastEvery: LONGEST_PAUSE_MINUTES,
};

type LongestPauses = Pick<Bounds, 'checkAtLeastEvery' | 'checkClosedAtLeastEvery'>;

/**
 * The latest time that a check may hold, ISO 8601: no pause and no `Retry-After` leads further ahead of `now`. A later
 * one comes from a clock that ran ahead, or from longer pauses of an earlier configuration.
 * @param bounds the configured pauses; the longest that can be configured where they are not at hand
 */
export function latestPlausible(now: string, bounds: LongestPauses = WIDEST): string {
  const longest = Math.max(bounds.checkAtLeastEvery, bounds.checkClosedAtLeastEvery) * 60_000;
  return new Date(Date.parse(now) + longest + MAX_RETRY_AFTER_SECONDS * 1_000).toISOString();
}

/** Whether an instant is after `latest`, or none at all. */
export function isImplausible(instant: string | null, latest: string): boolean {
  return instant !== null && !(Date.parse(instant) <= Date.parse(latest));
}

/** The implausible times of a check by name; null where there are none. */
export function implausibleTimes(check: CheckState, latest: string): Record<string, string> | null {
  const { dueAt, leasedUntil, lastCheckedAt, lastChangedAt, lastFullAt } = check;
  const times = Object.entries({ dueAt, leasedUntil, lastCheckedAt, lastChangedAt, lastFullAt });
  const found = times.filter((entry): entry is [string, string] => isImplausible(entry[1], latest));
  return found.length === 0 ? null : Object.fromEntries(found);
}

/** The check without its implausible times: a page that such a time would silence is due now, and asked for whole. */
export function withPlausibleTimes(check: CheckState, now: string, latest: string): CheckState {
  const without = (instant: string | null, otherwise: string | null) =>
    isImplausible(instant, latest) ? otherwise : instant;
  return {
    ...check,
    dueAt: without(check.dueAt, now) ?? now,
    leasedUntil: without(check.leasedUntil, null),
    lastCheckedAt: without(check.lastCheckedAt, null),
    lastChangedAt: without(check.lastChangedAt, now),
    lastFullAt: without(check.lastFullAt, null),
    // The chain of looks begins again: every later day would be a late one.
    lastLook: isImplausible(check.lastLook?.day ?? null, latest) ? null : check.lastLook,
  };
}
