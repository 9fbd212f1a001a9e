import type { DaybookConfig } from '../config.ts';

/** How many jobs one look at the due pages may plan. */
export interface TickBudget {
  /** Most jobs at once: after an outage the backlog is worked off over several ticks. */
  readonly limit: number;
  /** Most of them for one host: what it can be asked politely until the next tick. */
  readonly perHost: number;
}

/** Below this, jobs are not worth counting. */
const FEWEST_JOBS = 200;
/** As many as are leased and sent in half a minute. */
const MOST_JOBS = 2_000;
/** Jobs a tick, as a multiple of what keeps every page within its longest pause; it has no upper limit. */
const HEADROOM = 2;
/** Jitter lengthens gaps by up to a quarter, and an answer takes a while itself. */
const GAP_SHARE = 1.25;
const ANSWER_SECONDS = 1;

/**
 * Jobs that a tick may plan: enough for `pages` pages that all change all the time, where that is no more than a tick
 * can send; at least enough for each to be looked at within its longest pause, however rare ticks are. And for a host
 * no more requests than fit, one after the other, before the next tick.
 */
export function tickBudget(config: Pick<DaybookConfig, 'schedule' | 'fetch'>, pages: number): TickBudget {
  const { planEvery, checkAtMostEvery, checkAtLeastEvery } = config.schedule;
  const busy = Math.min(pages, Math.ceil((pages * planEvery) / checkAtMostEvery));
  const resting = Math.ceil((HEADROOM * pages * planEvery) / checkAtLeastEvery);
  const perHost = Math.floor((planEvery * 60) / (config.fetch.minGapSeconds * GAP_SHARE + ANSWER_SECONDS));
  return { limit: Math.max(FEWEST_JOBS, Math.min(MOST_JOBS, busy), resting), perHost: Math.max(1, perHost) };
}

/**
 * At most `limit` of the due, shared out among hosts in rounds: first the longest overdue of each host, then the second
 * of each, and so on. So a slow host with a long backlog gets only the rest. The order is kept.
 *
 * @param due longest overdue first
 */
export function fairShare<T>(due: readonly T[], budget: TickBudget, hostOf: (item: T) => string): T[] {
  const taken = new Map<string, number>();
  const places: { readonly item: T; readonly at: number; readonly round: number }[] = [];
  for (const [at, item] of due.entries()) {
    const host = hostOf(item);
    const round = taken.get(host) ?? 0;
    if (round >= budget.perHost) continue;
    taken.set(host, round + 1);
    places.push({ item, at, round });
  }
  places.sort((a, b) => a.round - b.round || a.at - b.at);
  return places
    .slice(0, budget.limit)
    .sort((a, b) => a.at - b.at)
    .map((place) => place.item);
}
