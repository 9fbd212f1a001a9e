import { sha256 } from '../history/canonical.ts';

/** Longest pause that can be configured, minutes. */
export const LONGEST_PAUSE_MINUTES = 129_600;

/** Shortest and longest time between two checks, minutes. */
export interface Bounds {
  readonly checkAtMostEvery: number;
  readonly checkAtLeastEvery: number;
  /** Longest time for a page whose own period is long over, minutes. */
  readonly checkClosedAtLeastEvery: number;
}

export interface CheckOutcome {
  readonly pageId: string;
  /** When the check was made, ISO 8601. */
  readonly checkedAt: string;
  /** When the page last changed, or was first seen; null when it never answered. */
  readonly lastChangedAt: string | null;
  /** The page's own period (`2022-01`, `2022`), or null: a month that is over is checked less often. */
  readonly period: string | null;
  /** Failed or suspicious checks in a row. */
  readonly failures: number;
  /** What the server asked for, seconds. */
  readonly retryAfterSeconds: number | null;
}

const MINUTE = 60_000;
/**
 * A page that changed h hours ago is checked again after h / 12 hours: often while it changes, seldom when it does not.
 */
const AGE_SHARE = 1 / 12;

/** The pauses of one page: its own longest pause, minutes, replaces the configured ones. */
export function boundsOf(every: number | null, bounds: Bounds): Bounds {
  if (every === null) return bounds;
  const checkAtMostEvery = Math.min(bounds.checkAtMostEvery, every);
  return { checkAtMostEvery, checkAtLeastEvery: every, checkClosedAtLeastEvery: every };
}

/** When the page is due again, ISO 8601: after its pause. A `Retry-After` is never undercut. */
export function nextDue(outcome: CheckOutcome, bounds: Bounds): string {
  const pause = Math.max(pauseOf(outcome, bounds), (outcome.retryAfterSeconds ?? 0) * 1_000);
  return new Date(Date.parse(outcome.checkedAt) + pause).toISOString();
}

/**
 * The pause after a check, milliseconds: between the bounds it grows with the time since the last change; failures double it
 * from the shortest on. A share of up to a tenth, fixed by page and hour, spreads pages of one host.
 */
export function pauseOf(outcome: Omit<CheckOutcome, 'retryAfterSeconds'>, bounds: Bounds): number {
  const now = Date.parse(outcome.checkedAt);
  const [shortest, longest] = [bounds.checkAtMostEvery * MINUTE, longestPause(outcome.period, now, bounds)];
  const { failures, lastChangedAt } = outcome;
  const byAge = lastChangedAt === null ? longest : (now - Date.parse(lastChangedAt)) * AGE_SHARE;
  const wanted = failures > 0 ? shortest * 2 ** (failures - 1) : byAge;
  const pause = Math.min(Math.max(wanted, shortest), longest);
  return Math.min(pause + (pause / 10) * share(`${outcome.pageId}/${outcome.checkedAt.slice(0, 13)}`), longest);
}

/** The longest pause of a page at `now` (epoch milliseconds), milliseconds. */
export function longestPause(period: string | null, now: number, bounds: Bounds): number {
  // A month that is over need not be checked more often than one that is still written.
  const closed = Math.max(bounds.checkClosedAtLeastEvery, bounds.checkAtLeastEvery);
  return (isClosed(period, now) ? closed : bounds.checkAtLeastEvery) * MINUTE;
}

/** Days after its end for which a month or year is still being written. */
const AFTERMATH_DAYS = 45;

function isClosed(period: string | null, now: number): boolean {
  // Of a range, its end.
  const last = (period ?? '').split('/').at(-1) ?? '';
  const match = /^(\d{4})(?:-(\d{2}))?/.exec(last);
  if (match === null) return false;
  const year = Number(match[1]);
  const end = match[2] === undefined ? Date.UTC(year + 1, 0) : Date.UTC(year, Number(match[2]));
  return now > end + AFTERMATH_DAYS * 24 * 60 * MINUTE;
}

/** A number in [0, 1) that depends on nothing but its seed: runs repeat exactly. */
function share(seed: string): number {
  return Number.parseInt(sha256(seed).slice(0, 8), 16) / 2 ** 32;
}
