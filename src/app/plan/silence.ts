import { type CheckState, isWatched, periodOf } from '#core/schedule/check.ts';
import { type Bounds, boundsOf, longestPause } from '#core/schedule/interval.ts';

/**
 * Whether a time without checks is a fault: some page is to be checked at least every `checkAtLeastEvery`. Nothing is
 * expected where all pages are paused or may rest longer: those of a month or year that is long over, and added ones with a
 * longer `--every`.
 * @param now ISO 8601
 */
export function expectsChecks(checks: readonly CheckState[], now: string, bounds: Bounds): boolean {
  const usual = bounds.checkAtLeastEvery * 60_000;
  return checks.some((check) => {
    const { page, summary, added } = check;
    const own = boundsOf(added?.every ?? null, bounds);
    return isWatched(check) && longestPause(periodOf(page, summary.period), Date.parse(now), own) <= usual;
  });
}
