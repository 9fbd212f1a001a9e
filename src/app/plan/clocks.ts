import { type CheckState, isWatched } from '#core/schedule/check.ts';
import { CLOCK_SKEW_MS, implausibleTimes, isImplausible, type PlausibleWithin } from '#core/schedule/plausible.ts';

/**
 * The watched checks that have times of a clock that ran ahead, each with these times by name. A page that a worker has is
 * left: its check is about to be replaced.
 * @param clock shows the present; `within.now` is when the tick began. A planner that slept in between (a suspended
 * machine) has read checks that are newer than its time: it finds none, and the next tick looks at them.
 */
export function withWrongTimes(
  checks: readonly CheckState[],
  within: PlausibleWithin,
  clock: () => Date,
): ReadonlyMap<CheckState, object> {
  const found = new Map<CheckState, object>();
  if (clock().getTime() > Date.parse(within.now) + CLOCK_SKEW_MS) return found;
  for (const check of checks) {
    const wrong = isWatched(check) && !isUnderWay(check, within) ? implausibleTimes(check, within) : null;
    if (wrong !== null) found.set(check, wrong);
  }
  return found;
}

function isUnderWay({ leasedUntil }: CheckState, { now, leaseMinutes }: PlausibleWithin): boolean {
  const latest = Date.parse(now) + leaseMinutes * 60_000 + CLOCK_SKEW_MS;
  return leasedUntil !== null && leasedUntil > now && !isImplausible(leasedUntil, latest);
}
