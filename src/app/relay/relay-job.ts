import type { HealthPolicy } from '#core/health/step.ts';
import { captureTime } from '#core/history/revision.ts';
import type { PageSpec, StoredCapture } from '#core/history/types.ts';
import { periodOf } from '#core/schedule/check.ts';
import { type Bounds, boundsOf, longestPause } from '#core/schedule/interval.ts';
import { FULL_EVERY_HOURS } from '../plan/plan.ts';
import type { FetchJob } from '../ports.ts';

/** A page that a relay asks. */
export interface RelayedPage {
  readonly page: PageSpec;
  /** Its own longest pause, minutes; null: that of the configuration. */
  readonly every: number | null;
  /** A person named it: it is asked at once, also where another relay asked it just now. */
  readonly named?: boolean;
}

export interface JobRules {
  readonly bounds: Bounds;
  readonly policy: Pick<HealthPolicy, 'confirmAfter' | 'confirmHours'>;
}

const HOUR_MS = 3_600_000;
/** A full request at least at every second longest pause, so that an answer that is refused is reported in time. */
const PAUSES = 2;
/** For so long the job may wait for its host's turn. */
const EXPIRES_MS = 30 * 60_000;
/** Captures that decide how a page is asked. */
export const capturesWanted = ({ confirmAfter }: JobRules['policy']): number => Math.max(confirmAfter, 1);

/**
 * The next job of a page, from its newest captures alone: a relay reads no check. Its name sorts after theirs by any
 * clock, so that ingest finds its capture.
 *
 * Nobody says here whether the newest capture was accepted. Validators are sent only where its bytes were stored by as
 * many checks, over as many hours, as confirm a mass change; ingest leaves "unchanged" since bytes that it did not accept.
 */
export function relayJob(
  { page, every }: RelayedPage,
  newest: readonly StoredCapture[],
  now: Date,
  rules: JobRules,
): FetchJob {
  const last = newest.at(-1) ?? null;
  const longest = longestPause(periodOf(page, null), now.getTime(), boundsOf(every, rules.bounds));
  const fullEvery = Math.min(FULL_EVERY_HOURS * HOUR_MS, PAUSES * longest);
  const known = last !== null && isSettled(newest, rules.policy) && ageOf(last, now) < fullEvery ? last : null;
  return {
    page,
    dueAt: nameTime(last, now).toISOString(),
    etag: known?.headers.etag ?? null,
    lastModified: known?.headers['last-modified'] ?? null,
    knownSha256: known?.sha256 ?? null,
    full: known === null,
    previous: last === null ? null : { id: last.id, link: last.link },
    expiresAt: new Date(now.getTime() + EXPIRES_MS).toISOString(),
  };
}

function ageOf({ fetchedAt }: StoredCapture, now: Date): number {
  return Math.abs(now.getTime() - Date.parse(fetchedAt));
}

function isSettled(newest: readonly StoredCapture[], { confirmAfter, confirmHours }: JobRules['policy']): boolean {
  const [first, ...rest] = newest.slice(-confirmAfter);
  if (first === undefined || rest.length + 1 < confirmAfter || first.status !== 200) return false;
  if (rest.some(({ sha256, status }) => sha256 !== first.sha256 || status !== 200)) return false;
  const last = rest.at(-1) ?? first;
  return Date.parse(last.fetchedAt) - Date.parse(first.fetchedAt) >= confirmHours * HOUR_MS;
}

/** Now, or just after the name of the newest capture where a clock that runs ahead gave that. */
function nameTime(last: StoredCapture | null, now: Date): Date {
  const named = last === null ? null : captureTime(last.id);
  return named === null ? now : new Date(Math.max(now.getTime(), Date.parse(named) + 1));
}
