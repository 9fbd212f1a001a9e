import { healthReasonOf, isObservation } from '#core/health/failure.ts';
import type { Verdict } from '#core/health/types.ts';
import { captureId } from '#core/history/revision.ts';
import type { StoredCapture } from '#core/history/types.ts';
import { type CheckState, isWatched } from '#core/schedule/check.ts';
import { canonicalAddress } from '#core/schedule/pattern.ts';
import { StoredDataError } from '../errors.ts';
import { isAwaited, stepHealth } from '../history/step-health.ts';
import { findCapture, listCaptureIds } from '../objects/captures.ts';
import type { Observation } from '../ports.ts';
import { ingestCapture } from './ingest-capture.ts';
import { loadState, type PageState, recordCheck, withHost } from './record-check.ts';
import type { IngestDeps, IngestResult } from './types.ts';

/**
 * Takes an observation into the history. A message only signals that there is work: every stored capture that was not
 * judged yet is judged, in the order of their times, whichever message came first. The same call again changes nothing.
 */
export async function ingest(deps: IngestDeps, observation: Observation): Promise<IngestResult[]> {
  if (observation.kind === 'captured') return ingestPending(deps, observation);
  const state = await loadState(deps.history, observation.page, observation.dueAt);
  if (!mayTake(deps, observation, state.storedCheck) || isStale(state, observation)) return [];
  if (observation.kind === 'failed' && !isObservation(observation.reason)) {
    // Of an outdated job: another is planned, and its lease stays.
    if (state.check.dueAt !== observation.dueAt) return [];
    await postpone(deps, state, observation);
    return [];
  }
  if (observation.kind === 'unchanged' && !isOfAccepted(state, observation.sameAs)) {
    const { page, sameAs } = observation;
    deps.log.info('left an answer "unchanged" since bytes that are not the last accepted ones', {
      page: page.id,
      sameAs,
    });
    return [];
  }
  return [await ingestCheck(deps, state, observation)];
}

/** A relay may know other pages, or other addresses, than are tracked here. Its captures stay, and no page is made of them. */
function mayTake(
  { watchedOnly = false, log }: IngestDeps,
  { page, kind }: Observation,
  check: CheckState | null,
): boolean {
  if (!watchedOnly || (check !== null && isWatched(check) && check.page.url === page.url)) return true;
  log.warn('left what was seen of a page that is not watched', { page: page.id, url: page.url, kind });
  return false;
}

async function ingestPending(deps: IngestDeps, observation: Observation): Promise<IngestResult[]> {
  const { page, hostFreeAt } = observation;
  const results: IngestResult[] = [];
  const check = await deps.history.check(page.id);
  if (!mayTake(deps, observation, check)) return [];
  const last = check?.lastCaptureId ?? null;
  const overtaken = check === null || last === null ? null : await overtakenCapture(deps, check, last);
  if (overtaken !== null && isOfAddress(deps, check, overtaken)) {
    const { id, fetchedAt } = overtaken;
    deps.log.warn('judging an overtaken capture: one with a later name was judged before', {
      page: page.id,
      id,
      fetchedAt,
      last,
    });
    const result = await ingestCapture(deps, page, overtaken, hostFreeAt);
    if (result !== null) results.push(result);
  }
  for await (const id of listCaptureIds(deps.objects, page.id, last)) {
    const capture = await findCapture(deps.objects, page.id, id);
    if (capture === null) throw new StoredDataError(`Capture ${id} of ${page.id} was listed and is missing`);
    if (!isOfAddress(deps, check, capture)) continue;
    const result = await ingestCapture(deps, page, capture, hostFreeAt);
    if (result !== null) results.push(result);
  }
  return results;
}

/**
 * A relay with another configuration stored captures of another address under the page's id. Their messages were left, and a
 * later one of the page does not take them in.
 */
function isOfAddress(
  { watchedOnly = false, log }: IngestDeps,
  check: CheckState | null,
  { id, url }: StoredCapture,
): boolean {
  // An import brings what others archived, under whatever address.
  if (!watchedOnly || check === null || check.importing === true) return true;
  if (canonicalAddress(url) === canonicalAddress(check.page.url)) return true;
  log.warn('left a capture of another address', { page: check.page.id, id, url });
  return false;
}

/**
 * The capture of the job that the page waits for, when a capture with a later name was judged first (by an import, or by
 * a clock that ran ahead): listing by name then misses it. Judging it ends the job, so it is found only once.
 */
async function overtakenCapture(deps: IngestDeps, check: CheckState, last: string): Promise<StoredCapture | null> {
  const due = captureId(check.dueAt);
  return due > last ? null : findCapture(deps.objects, check.page.id, due);
}

/** An answer without a new body: "not modified", the same bytes again, or no answer at all. */
async function ingestCheck(
  deps: IngestDeps,
  state: PageState,
  observation: Exclude<Observation, { kind: 'captured' }>,
): Promise<IngestResult> {
  const failed = observation.kind === 'failed';
  const at = observation.observedAt;
  const verdict: Verdict = failed
    ? { verdict: 'bad', reason: healthReasonOf(observation.reason), detail: observation.message }
    : { verdict: 'ok' };
  const awaited = isAwaited(state.page, state.head);
  const health = stepHealth(state.page.id, state.health, { at, verdict, fingerprint: null, awaited }, deps.policy);
  await recordCheck(deps, state, {
    health,
    at,
    capture: null,
    head: state.head,
    changed: false,
    full: observation.full,
    retryAfterSeconds: failed ? observation.retryAfterSeconds : null,
    hostFreeAt: observation.hostFreeAt,
  });
  const { reason, detail } = health.record.state;
  return {
    pageId: state.page.id,
    captureId: null,
    observedAt: at,
    outcome: failed ? 'failed' : health.wasBad ? 'recovered' : 'unchanged',
    reason: failed ? reason : null,
    detail: failed ? detail : null,
    revision: null,
    changes: [],
    event: health.event,
  };
}

/** The page was not asked, so the check found nothing: the page is due again when its host may be asked. */
async function postpone(
  deps: IngestDeps,
  state: PageState,
  observation: Observation & { kind: 'failed' },
): Promise<void> {
  const wait = (observation.retryAfterSeconds ?? 60) * 1_000;
  const dueAt = new Date(Date.parse(observation.observedAt) + wait).toISOString();
  const check = withHost(state.check, observation.hostFreeAt);
  await deps.history.putCheck({ ...check, dueAt, leasedUntil: null }, state.storedCheck);
}

/**
 * Whether the page still has what was accepted last. Who fetches may not know what was accepted: "unchanged" since a
 * capture that is in quarantine says nothing good of the page.
 */
function isOfAccepted({ check, head }: PageState, sameAs: string | undefined): boolean {
  return sameAs === undefined || sameAs === check.knownSha256 || sameAs === head?.sha256;
}

/** Delivered before, or overtaken by a later check. The observation that the page waits for is never stale. */
function isStale({ check, storedCheck }: PageState, { dueAt, observedAt }: Observation): boolean {
  if (storedCheck !== null && dueAt === check.dueAt) return false;
  return check.lastCheckedAt !== null && observedAt <= check.lastCheckedAt;
}
