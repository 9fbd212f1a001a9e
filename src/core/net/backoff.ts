/** How long the waits after repeated failures are. */
export interface BackoffPolicy {
  /** Milliseconds before the first retry. */
  readonly baseMs: number;
  /** Milliseconds that no wait exceeds. */
  readonly capMs: number;
}

export const DEFAULT_BACKOFF: BackoffPolicy = { baseMs: 60_000, capMs: 6 * 3_600_000 };

/**
 * Exponential back-off with jitter: doubles with every consecutive failure, spread over the upper half of the window so
 * that hosts which failed together are not asked together.
 *
 * @param failures consecutive failures so far; 0 (a success) gives 0: success resets
 * @param random a number in [0, 1)
 * @returns milliseconds to wait, at most `capMs`; at least half of the exponential window
 */
export function backoffMs(failures: number, random: number, policy: BackoffPolicy = DEFAULT_BACKOFF): number {
  if (failures <= 0) return 0;
  const window = Math.min(policy.capMs, policy.baseMs * 2 ** (failures - 1));
  return Math.round(window / 2 + (window / 2) * random);
}

/**
 * The wait after a failed try that also obeys the host: never sooner than its `Retry-After`.
 *
 * @param retryAfterSeconds what the host asked for, or null
 * @returns milliseconds to wait
 */
export function retryDelayMs(
  failures: number,
  retryAfterSeconds: number | null,
  random: number,
  policy: BackoffPolicy = DEFAULT_BACKOFF,
): number {
  return Math.max(backoffMs(failures, random, policy), (retryAfterSeconds ?? 0) * 1000);
}

/**
 * The gap to keep before the next request to one host: the configured minimum or the host's own crawl-delay, whichever
 * is longer, plus up to a quarter of jitter so that checks do not coincide with a server's own schedule.
 *
 * @param minGapMs configured minimum, milliseconds
 * @param crawlDelaySeconds robots.txt `Crawl-delay`, or null
 * @param random a number in [0, 1)
 */
export function hostGapMs(minGapMs: number, crawlDelaySeconds: number | null, random: number): number {
  const gap = Math.max(minGapMs, (crawlDelaySeconds ?? 0) * 1000);
  return Math.round(gap + (gap / 4) * random);
}
