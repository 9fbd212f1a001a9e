import { MAX_RETRY_AFTER_SECONDS } from '../net/retry-after.ts';
import { type CheckState, periodOf } from './check.ts';
import { type Bounds, boundsOf, longestPause, pauseOf } from './interval.ts';

/** A time that is ahead by less is taken as it is: clocks of two machines differ a little. Milliseconds. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** `now`: ISO 8601. `bounds`: the configured pauses. `leaseMinutes`: how long a job has its page. */
export type PlausibleWithin = { readonly now: string; readonly bounds: Bounds; readonly leaseMinutes: number };
type Times = Pick<CheckState, 'dueAt' | 'leasedUntil' | 'lastCheckedAt' | 'lastChangedAt' | 'lastFullAt'>;

/** Whether an instant is after `latest` (epoch milliseconds), or none. */
export function isImplausible(instant: string | null, latest: number): boolean {
  return instant !== null && !(Date.parse(instant) <= latest);
}

/** The longest time for which a check may put its page off, milliseconds: its own longest pause or `Retry-After`. */
function longestDelay({ page, summary, added }: CheckState, { now, bounds }: PlausibleWithin): number {
  const pause = longestPause(periodOf(page, summary.period), Date.parse(now), boundsOf(added?.every ?? null, bounds));
  return Math.max(pause, MAX_RETRY_AFTER_SECONDS * 1_000);
}

/** The times of a check by name that no clock that is right can have written; null where there are none. */
export function implausibleTimes(check: CheckState, within: PlausibleWithin): Partial<Times> | null {
  const now = Date.parse(within.now) + CLOCK_SKEW_MS;
  const past = { lastCheckedAt: now, lastChangedAt: now, lastFullAt: now };
  const latest = { dueAt: now + longestDelay(check, within), leasedUntil: now + within.leaseMinutes * 60_000, ...past };
  const wrong = (Object.keys(latest) as (keyof Times)[]).filter((name) => isImplausible(check[name], latest[name]));
  return wrong.length === 0 ? null : Object.fromEntries(wrong.map((name) => [name, check[name]]));
}

/** The check without its implausible times: due now or after its own pause, asked for whole, far looks not named again. */
export function withPlausibleTimes(check: CheckState, within: PlausibleWithin): CheckState {
  const wrong = implausibleTimes(check, within) ?? {};
  const instead = { leasedUntil: null, lastCheckedAt: null, lastChangedAt: within.now, lastFullAt: null };
  return {
    ...check,
    ...Object.fromEntries(Object.entries(instead).filter(([name]) => name in wrong)),
    dueAt: dueOf(check, wrong, within),
    lastLook: 'dueAt' in wrong && (check.lastLook?.day ?? '') > within.now ? null : check.lastLook,
  };
}

/**
 * The pause of a check by a clock that ran ahead begins now, so that backoff and `Retry-After` are obeyed. Where they ask
 * for nothing, a page that is put off beyond any pause is due now.
 */
function dueOf(check: CheckState, wrong: Partial<Times>, within: PlausibleWithin): string {
  const { dueAt, lastCheckedAt, failures, page, summary } = check;
  const pause = Math.min(Date.parse(dueAt) - Date.parse(lastCheckedAt ?? ''), longestDelay(check, within));
  if (!('lastCheckedAt' in wrong) || lastCheckedAt === null || !(pause > 0))
    return 'dueAt' in wrong ? within.now : dueAt;
  const outcome = { ...check, checkedAt: lastCheckedAt, pageId: page.id, period: periodOf(page, summary.period) };
  // A stored time has whole milliseconds: one more is no `Retry-After`.
  const isHeld = failures > 0 || pause > pauseOf(outcome, boundsOf(check.added?.every ?? null, within.bounds)) + 1;
  if ('dueAt' in wrong && !isHeld) return within.now;
  return new Date(Math.min(Date.parse(dueAt), Date.parse(within.now) + pause)).toISOString();
}
