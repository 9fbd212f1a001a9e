import type { HealthRecord } from '#core/health/record.ts';
import type { Head, PageSpec, StoredCapture } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { newCheck, periodOf, withCapture } from '#core/schedule/check.ts';
import { searchKey } from '#core/schedule/discover.ts';
import { boundsOf, nextDue } from '#core/schedule/interval.ts';
import type { LookOutcome } from '#core/schedule/looks.ts';
import { summarize } from '#core/schedule/summary.ts';
import { recordLooks } from '../history/record-looks.ts';
import type { HealthOutcome } from '../history/step-health.ts';
import type { HistoryStore } from '../ports.ts';
import type { IngestDeps } from './types.ts';

/** What is stored of a page before a check is taken into account. */
export interface PageState {
  readonly page: PageSpec;
  readonly head: Head | null;
  readonly health: HealthRecord | null;
  readonly check: CheckState;
  /** The stored check, null where the page was not planned (an import, a replay). */
  readonly storedCheck: CheckState | null;
}

/**
 * The check is read last: what a worker that is faster did to the head and the health, it did before it wrote the
 * check. So a capture that the check does not count as judged is judged against a head that does not contain it, or
 * the flip is refused.
 */
export async function loadState(history: HistoryStore, page: PageSpec, dueAt: string): Promise<PageState> {
  const [head, health] = await Promise.all([history.head(page.id), history.health(page.id)]);
  const stored = await history.check(page.id);
  return { page, head, health, check: stored ?? newCheck(page, dueAt), storedCheck: stored };
}

/** What one check found. */
export interface JudgedCheck {
  readonly health: HealthOutcome;
  readonly at: string;
  /** Null where the check brought no new body. */
  readonly capture: StoredCapture | null;
  /** The head after it. */
  readonly head: Head | null;
  /** Whether it made a revision. */
  readonly changed: boolean;
  /** Whether a whole body was seen. */
  readonly full: boolean;
  readonly retryAfterSeconds: number | null;
  /** What the observation says of the page's host. */
  readonly hostFreeAt: string | undefined;
}

/**
 * Writes down what a check did to the page's health, that the page was looked at, and when it is due again: first the
 * health where it changed, then the look, then the check. A crash before the check makes the same look again, which
 * changes nothing.
 */
export async function recordCheck(
  deps: Pick<IngestDeps, 'history' | 'bounds' | 'hubs'>,
  state: PageState,
  judged: JudgedCheck,
): Promise<void> {
  const { page } = state;
  const { record, accepted, isNews } = judged.health;
  if (isNews) await deps.history.flipHealth(record, state.health);

  const { storedCheck } = state;
  const check = withHost(state.check, judged.hostFreeAt);
  const failures = accepted ? 0 : check.failures + 1;
  const look = { at: judged.at, outcome: outcomeOf(judged) };
  const lastLook = await recordLooks(deps.history, page.id, [look], check.lastLook);
  const lastChangedAt = judged.changed ? judged.at : check.lastChangedAt;
  const searched = accepted && judged.capture !== null ? searchKey(deps.hubs.series, page.id) : null;
  const next: CheckState = {
    // The page stays as it is configured now, which may differ from the page in the job.
    ...check,
    dueAt: nextDue(
      {
        pageId: state.page.id,
        checkedAt: judged.at,
        lastChangedAt,
        period: periodOf(state.page, state.head?.period ?? null),
        failures,
        retryAfterSeconds: judged.retryAfterSeconds,
      },
      boundsOf(check.added?.every ?? null, deps.bounds),
    ),
    leasedUntil: null,
    lastCheckedAt: judged.at,
    lastLook,
    ...withCapture(check, judged.capture),
    lastChangedAt,
    failures,
    summary: summarize(judged.head, isNews ? record : state.health),
    lastFullAt: judged.full ? judged.at : check.lastFullAt,
    ...validators(judged, accepted && check.page.url === page.url, check),
    ...(searched === null ? {} : { searched }),
  };
  await deps.history.putCheck({ ...next, version: check.version + 1 }, storedCheck);
}

/** The check with what is known of its host now; of an earlier check nothing stays. */
export function withHost({ hostFreeAt: _, ...check }: CheckState, hostFreeAt: string | undefined): CheckState {
  return hostFreeAt === undefined ? check : { ...check, hostFreeAt };
}

function outcomeOf({ health, capture, changed }: JudgedCheck): LookOutcome {
  if (health.accepted) return changed ? 'changed' : 'unchanged';
  return capture === null ? 'failed' : 'refused';
}

/** Validators of an accepted body; none while the page is suspect or has a new address, so that the next request is a full one. */
function validators(
  judged: JudgedCheck,
  accepted: boolean,
  check: CheckState,
): Pick<CheckState, 'etag' | 'lastModified' | 'knownSha256'> {
  if (!accepted) return { etag: null, lastModified: null, knownSha256: null };
  const { capture } = judged;
  if (capture === null) {
    return { etag: check.etag, lastModified: check.lastModified, knownSha256: check.knownSha256 };
  }
  return {
    etag: capture.headers.etag ?? null,
    lastModified: capture.headers['last-modified'] ?? null,
    knownSha256: capture.sha256,
  };
}
