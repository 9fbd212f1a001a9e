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
