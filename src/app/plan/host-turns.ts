import { MAX_RETRY_AFTER_SECONDS } from '#core/net/retry-after.ts';
import { type CheckState, isWatched } from '#core/schedule/check.ts';
import { CLOCK_SKEW_MS } from '#core/schedule/plausible.ts';
import { jsonBytes } from '../batches.ts';
import type { FetchJob } from '../ports.ts';
import { fitsHost } from './calls.ts';

export interface TurnRules {
  /** ISO 8601. */
  readonly now: string;
  /** Until then a page may fall due and go with this tick. ISO 8601. */
  readonly soon: string;
  readonly leaseMinutes: number;
  /** For so long a call may ask the hosts that it was handed, minutes. */
  readonly callMinutes: number;
}

/**
 * Which hosts one tick may hand to a call. A host belongs to one call at a time, so that the process of that call alone
 * keeps its gap, its `Crawl-delay` and its `Retry-After`; what a call leaves of them is in the checks of its pages.
 */
export class HostTurns {
  readonly #taken: Set<string>;
  readonly #own = new Map<string, { bytes: number; jobs: number }>();
  readonly #most: (host: string) => number;

  /**
   * @param checks all checks, read before `due`
   * @param due the pages that are due until `soon`. One that was so in `checks` and is not any more was leased by another tick meanwhile.
   */
  constructor(checks: readonly CheckState[], due: readonly CheckState[], rules: TurnRules) {
    const still = new Set(due.map((check) => check.page.id));
    const isTaken = (check: CheckState) =>
      isBeingAsked(check, rules) || isHeld(check, rules) || (wasDue(check, rules) && !still.has(check.page.id));
    this.#taken = new Set(checks.filter(isTaken).map(({ page }) => new URL(page.url).host));
    const gaps = gapsOf(checks);
    this.#most = (host) => Math.max(1, Math.floor((rules.callMinutes * 60_000) / ((gaps.get(host) ?? 0) + ANSWER_MS)));
  }

  isFree(host: string): boolean {
    return !this.#taken.has(host);
  }

  /** Another tick has changed a page of the host: it is left to that one. */
  lose(host: string): void {
    this.#taken.add(host);
  }

  /** Whether the job still fits the call of its host, by its bytes and at the host's own gap; the call then has it. */
  takes(job: FetchJob): boolean {
    const { host } = new URL(job.page.url);
    const { bytes, jobs } = this.#own.get(host) ?? { bytes: 0, jobs: 0 };
    if (!this.isFree(host) || jobs >= this.#most(host) || !fitsHost(bytes, job)) return false;
    this.#own.set(host, { bytes: bytes + jsonBytes(job), jobs: jobs + 1 });
    return true;
  }
}

/** An answer takes a while itself. */
const ANSWER_MS = 1_000;

/**
 * The gap of each host as calls have left it in the checks, milliseconds: the shortest one, for a `Retry-After` lengthens
 * that of a single check. Hosts of which nothing is known are missing.
 */
function gapsOf(checks: readonly CheckState[]): ReadonlyMap<string, number> {
  const gaps = new Map<string, number>();
  for (const { page, hostFreeAt, lastCheckedAt, ...check } of checks) {
    if (hostFreeAt === undefined || lastCheckedAt === null || !isWatched(check)) continue;
    const gap = Date.parse(hostFreeAt) - Date.parse(lastCheckedAt);
    const { host } = new URL(page.url);
    if (gap >= 0) gaps.set(host, Math.min(gap, gaps.get(host) ?? gap));
  }
  return gaps;
}

/** A call has the page and may still ask its host. */
function isBeingAsked({ leasedUntil }: CheckState, { now, leaseMinutes, callMinutes }: TurnRules): boolean {
  if (leasedUntil === null) return false;
  const leasedAt = Date.parse(leasedUntil) - leaseMinutes * 60_000;
  const at = Date.parse(now);
  // A lease by a clock that ran ahead holds nothing.
  return leasedAt <= at + CLOCK_SKEW_MS && at < leasedAt + callMinutes * 60_000;
}

/** The last call has left word that the host is to be left alone. A clock that ran ahead is not believed. */
function isHeld({ hostFreeAt, lastCheckedAt }: CheckState, { now }: TurnRules): boolean {
  if (hostFreeAt === undefined || hostFreeAt <= now) return false;
  const at = Date.parse(now) + CLOCK_SKEW_MS;
  const wasRight = lastCheckedAt === null || Date.parse(lastCheckedAt) <= at;
  return wasRight && Date.parse(hostFreeAt) <= at + MAX_RETRY_AFTER_SECONDS * 1_000;
}

function wasDue(check: CheckState, { soon }: TurnRules): boolean {
  return isWatched(check) && (check.leasedUntil ?? check.dueAt) <= soon;
}
