import { captureId } from '#core/history/revision.ts';
import type { PageSpec, StoredCapture } from '#core/history/types.ts';
import { parseRetryAfter } from '#core/net/retry-after.ts';
import { StoredDataError } from '../errors.ts';
import { reparseHead } from '../history/reparse.ts';
import { loadRevision } from '../history/revision-store.ts';
import { addOddLinks } from '../history/step-health.ts';
import { loadBody } from '../objects/captures.ts';
import { type Assessment, append, assess } from '../pipeline.ts';
import { discoverMembers } from '../plan/discover.ts';
import { hubsWithAdded } from './hubs.ts';
import { loadState, type PageState, recordCheck } from './record-check.ts';
import type { IngestDeps, IngestResult } from './types.ts';

/**
 * Judges one stored capture and, if it is accepted and has something new, makes the next revision. Order of the
 * writes: evidence of a bad capture, or the revision's items; then the head; then the health; then the check, which
 * marks the capture as done. The same call again completes what a crash interrupted. Null when the capture was judged
 * before.
 */
export async function ingestCapture(
  deps: IngestDeps,
  page: PageSpec,
  capture: StoredCapture,
  hostFreeAt?: string,
): Promise<IngestResult | null> {
  const body = await loadBody(deps.objects, capture);
  const state = await stateToJudge(deps, page, capture);
  if (state === null) return null;

  const baseline = state.head === null ? null : await loadRevision(deps, state.head);
  const options = { parser: deps.parser, policyFor: () => deps.policy };
  const assessment = await assess(page, capture, body, { baseline, health: state.health }, options);
  await append(deps, assessment);
  if (assessment.next !== null) await deps.history.flipHead(assessment.next.head, state.head);

  const { read, verdict, health } = assessment;
  const made = await madeOf(deps, state, assessment);
  const hubs = health.accepted ? await hubsWithAdded(deps, state.check) : deps.hubs;
  const oddLinks = health.accepted ? await discoverMembers({ ...deps, hubs }, page, capture, read.page) : [];
  await recordCheck({ ...deps, hubs }, state, {
    health: addOddLinks(health, state.health, oddLinks),
    at: capture.fetchedAt,
    capture,
    head: assessment.next?.head ?? state.head,
    changed: made.revision !== null,
    full: true,
    retryAfterSeconds: parseRetryAfter(capture.headers['retry-after'], Date.parse(capture.fetchedAt)),
    hostFreeAt,
  });
  const outcome = outcomeOf(assessment, made);
  const refused = verdict.verdict === 'bad' && !health.accepted ? verdict : null;
  deps.log.info('ingested', { page: page.id, capture: capture.id, outcome, revision: made.revision?.number ?? null });
  return {
    pageId: page.id,
    captureId: capture.id,
    observedAt: capture.fetchedAt,
    outcome,
    reason: refused?.reason ?? null,
    detail: refused?.detail ?? null,
    ...made,
    event: health.event,
  };
}

/** What the capture is judged against. Null when another worker has judged it. */
async function stateToJudge(deps: IngestDeps, page: PageSpec, capture: StoredCapture): Promise<PageState | null> {
  const state = await loadState(deps.history, page, capture.fetchedAt);
  const { head, check, storedCheck } = state;
  const isAwaited = storedCheck !== null && captureId(check.dueAt) === capture.id;
  if (!isAwaited && check.lastCaptureId !== null && capture.id <= check.lastCaptureId) return null;
  if (head === null || head.parser === deps.parser || head.captureId === capture.id) return state;
  await reparseHead(deps, head, page);
  return stateToJudge(deps, page, capture);
}

type Made = Pick<IngestResult, 'revision' | 'changes'>;

/** The revision that the capture made: now, or in an earlier attempt that came as far as the flip. */
async function madeOf(deps: IngestDeps, { head }: PageState, { read, health, next }: Assessment): Promise<Made> {
  if (next !== null) return { revision: next.revision, changes: next.changes };
  if (head === null || !health.accepted || head.captureId !== read.capture.id) return { revision: null, changes: [] };
  const revision = await deps.history.revision(head.pageId, head.revision);
  if (revision === null) throw new StoredDataError(`Revision ${head.revision} of ${head.pageId} is missing`);
  return { revision, changes: await deps.history.changesOf(head.pageId, head.revision) };
}

function outcomeOf({ health }: Assessment, { revision }: Made): IngestResult['outcome'] {
  if (!health.accepted) return 'quarantined';
  if (revision !== null) return revision.number === 1 ? 'first' : 'revision';
  return health.wasBad ? 'recovered' : 'unchanged';
}
