import { advance, fingerprintOf } from '#core/history/advance.ts';
import { captureId } from '#core/history/revision.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import { parseRetryAfter } from '#core/net/retry-after.ts';
import type { Reading } from '#core/reading.ts';
import { StoredDataError } from '../errors.ts';
import { commit, judge, type Known, known, quarantineRecord, sighting, tryRead } from '../history/assess.ts';
import { reparseHead } from '../history/reparse.ts';
import { judgeHealth } from '../history/step-health.ts';
import { keepBody, loadBody } from '../objects/captures.ts';
import { noteAcceptance } from '../objects/documents.ts';
import { discoverMembers } from '../plan/discover.ts';
import type { IngestDeps, IngestResult } from './ingest.ts';
import { loadState, type PageState, recordCheck } from './record-check.ts';

/**
 * Judges one stored capture and, where it is believed and says something new, makes the next revision. Order of the
 * writes: evidence of a bad capture, or the revision's items; then the head; then health; then the check, which marks
 * the capture as done. Whatever a crash leaves out, the same call made again completes. Null when the capture was
 * judged before.
 */
export async function ingestCapture(deps: IngestDeps, page: PageSpec, capture: Capture): Promise<IngestResult | null> {
  const body = await loadBody(deps.objects, capture);
  const state = await stateToJudge(deps, page, capture);
  if (state === null) return null;

  const read = tryRead(body, capture);
  const before = state.head === null ? null : await known(deps.objects, state.head);
  const verdict = judge(page, before, capture, body, read);
  const fingerprint = 'reading' in read ? fingerprintOf(read.reading.dated.blocks) : null;
  const judged = { at: capture.fetchedAt, verdict, fingerprint };
  const { accepted } = judgeHealth(page.id, state.health, judged, deps.policy);
  const believed = verdict.verdict === 'ok' || accepted;

  let made: Pick<IngestResult, 'revision' | 'changes'> = { revision: null, changes: [] };
  if (verdict.verdict === 'bad' && !accepted) {
    await keepBody(deps.objects, capture, body);
    await deps.history.quarantine(quarantineRecord(capture, verdict));
  } else if ('reading' in read) {
    made = await revise(deps, page, before, capture, body, read.reading, accepted);
  }
  const oddLinks = believed ? await discoverMembers(deps, page, capture, body) : [];
  const recorded = await recordCheck(deps, state, {
    ...judged,
    oddLinks,
    capture,
    changed: made.revision !== null,
    full: true,
    retryAfterSeconds: parseRetryAfter(capture.headers['retry-after'], Date.parse(capture.fetchedAt)),
  });
  const outcome = !believed
    ? 'quarantined'
    : made.revision !== null
      ? made.revision.number === 1
        ? 'first'
        : 'revision'
      : recorded.wasBad
        ? 'recovered'
        : 'unchanged';
  deps.log.info('ingested', { page: page.id, capture: capture.id, outcome, revision: made.revision?.number ?? null });
  return {
    pageId: page.id,
    captureId: capture.id,
    observedAt: capture.fetchedAt,
    outcome,
    reason: verdict.verdict === 'bad' && !accepted ? verdict.reason : null,
    detail: verdict.verdict === 'bad' && !accepted ? verdict.detail : null,
    ...made,
    event: recorded.event,
  };
}

/** What the capture is judged against: null when a worker that was faster has judged it. */
async function stateToJudge(deps: IngestDeps, page: PageSpec, capture: Capture): Promise<PageState | null> {
  const state = await loadState(deps.history, page, capture.fetchedAt);
  const { head, check, storedCheck } = state;
  const isAwaited = storedCheck !== null && captureId(check.dueAt) === capture.id;
  if (!isAwaited && check.lastCaptureId !== null && capture.id <= check.lastCaptureId) return null;
  if (head === null || head.parser === deps.parser || head.captureId === capture.id) return state;
  await reparseHead(deps, head, page);
  return stateToJudge(deps, page, capture);
}

async function revise(
  deps: IngestDeps,
  page: PageSpec,
  before: Known | null,
  capture: Capture,
  body: Uint8Array,
  reading: Reading,
  confirmed: boolean,
): Promise<Pick<IngestResult, 'revision' | 'changes'>> {
  const head = before?.head ?? null;
  if (head !== null && head.captureId === capture.id) {
    // An earlier try got as far as the flip: what it made is what this capture makes.
    const revision = await deps.history.revision(page.id, head.revision);
    if (revision === null) throw new StoredDataError(`Revision ${head.revision} of ${page.id} is missing`);
    return { revision, changes: await deps.history.changesOf(page.id, head.revision) };
  }
  const next = advance(before, sighting(page, capture, reading), { parser: deps.parser, technical: false, confirmed });
  if (next === null) return { revision: null, changes: [] };
  await keepBody(deps.objects, capture, body);
  if (confirmed) await noteAcceptance(deps.objects, capture);
  await commit(deps, next, head);
  return { revision: next.revision, changes: next.changes };
}
