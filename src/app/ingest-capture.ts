import { DaybookError } from '#core/errors.ts';
import { judgeResponse } from '#core/health/judge.ts';
import { keptShare } from '#core/health/kept.ts';
import type { Verdict } from '#core/health/types.ts';
import { type Advance, advance, fingerprintOf, type Sighting } from '#core/history/advance.ts';
import type { Capture, Head, PageSpec, RevisionDocument } from '#core/history/types.ts';
import { parseRetryAfter } from '#core/net/retry-after.ts';
import { type Reading, readPage } from '#core/reading.ts';
import { findCapture, loadBody } from './captures.ts';
import { discoverMembers } from './discover.ts';
import { loadDocument, storeDocument } from './documents.ts';
import { StoredDataError } from './errors.ts';
import type { IngestDeps, IngestResult } from './ingest.ts';
import { judgeHealth } from './judge-health.ts';
import { loadState, type PageState, settle } from './settle.ts';

type Known = { readonly head: Head; readonly document: RevisionDocument };

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
  const before = state.head === null ? null : await known(deps, state.head);
  const verdict = judge(page, before, capture, body, read);
  const fingerprint = 'reading' in read ? fingerprintOf(read.reading.dated.blocks) : null;
  const judged = { at: capture.fetchedAt, verdict, fingerprint };
  const { accepted } = judgeHealth(page.id, state.health, judged, deps.policy);
  const believed = verdict.verdict === 'ok' || accepted;

  let made: Pick<IngestResult, 'revision' | 'changes'> = { revision: null, changes: [] };
  if (verdict.verdict === 'bad' && !accepted) {
    await deps.history.quarantine({
      pageId: page.id,
      captureId: capture.id,
      fetchedAt: capture.fetchedAt,
      sha256: capture.sha256,
      status: capture.status,
      reason: verdict.reason,
      detail: verdict.detail,
    });
  } else if ('reading' in read) {
    made = await revise(deps, page, before, capture, read.reading, accepted);
  }
  const oddLinks = believed ? await discoverMembers(deps, page, capture, body) : [];
  const settled = await settle(deps, state, {
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
      : settled.wasBad
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
    event: settled.event,
  };
}

/** What the capture is judged against: null when a worker that was faster has judged it. */
async function stateToJudge(deps: IngestDeps, page: PageSpec, capture: Capture): Promise<PageState | null> {
  const state = await loadState(deps.history, page, capture.fetchedAt);
  const { head, check } = state;
  if (check.lastCaptureId !== null && capture.id <= check.lastCaptureId) return null;
  if (head === null || head.parser === deps.parser || head.captureId === capture.id) return state;
  await reparse(deps, head, page);
  return stateToJudge(deps, page, capture);
}

type Read = { readonly reading: Reading } | { readonly error: DaybookError };

/** A page that cannot be read is an answer about the page; anything else that goes wrong is ours and is thrown on. */
function tryRead(body: Uint8Array, capture: Capture): Read {
  try {
    const contentType = capture.headers['content-type'] ?? null;
    return { reading: readPage(body, { contentType, url: capture.url, observedAt: capture.fetchedAt }) };
  } catch (error) {
    if (error instanceof DaybookError) return { error };
    throw error;
  }
}

function judge(page: PageSpec, before: Known | null, capture: Capture, body: Uint8Array, read: Read): Verdict {
  const old = before?.document.paragraphs.map((paragraph) => paragraph.text) ?? [];
  return judgeResponse({
    status: capture.status,
    headers: capture.headers,
    url: capture.url,
    finalUrl: capture.finalUrl,
    body,
    article: 'reading' in read ? read.reading.article : read.error,
    previous: before === null ? null : { textLength: before.head.textLength, paragraphs: before.head.paragraphs },
    rolling: page.rolling,
    kept:
      before !== null && 'reading' in read
        ? keptShare(
            old,
            read.reading.article.blocks.map((block) => block.text),
          )
        : null,
  });
}

async function revise(
  deps: IngestDeps,
  page: PageSpec,
  before: Known | null,
  capture: Capture,
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
  await commit(deps, next, head);
  return { revision: next.revision, changes: next.changes };
}

/**
 * After a parser upgrade the newest believed capture is read again first, so that what the new parser sees otherwise
 * becomes a technical revision and what the page says otherwise stays news.
 */
async function reparse(deps: IngestDeps, head: Head, page: PageSpec): Promise<void> {
  const capture = await findCapture(deps.objects, page.id, head.captureId);
  if (capture === null) throw new StoredDataError(`Capture ${head.captureId} of ${page.id} is missing`);
  const read = tryRead(await loadBody(deps.objects, capture), capture);
  const options = { parser: deps.parser, technical: true, confirmed: false };
  const next =
    'reading' in read ? advance(await known(deps, head), sighting(page, capture, read.reading), options) : null;
  if (next === null) await deps.history.flipHead({ ...head, parser: deps.parser }, head);
  else await commit(deps, next, head);
}

/** Append, then flip. */
async function commit(deps: IngestDeps, next: Advance, expected: Head | null): Promise<void> {
  await storeDocument(deps.objects, next.document, next.revision.document);
  await deps.history.append({ revision: next.revision, changes: next.changes, timeline: next.timeline });
  await deps.history.flipHead(next.head, expected);
}

async function known(deps: IngestDeps, head: Head): Promise<Known> {
  const document = await loadDocument(deps.objects, {
    pageId: head.pageId,
    number: head.revision,
    document: head.document,
  });
  return { head, document };
}

function sighting(page: PageSpec, capture: Capture, { article, dated }: Reading): Sighting {
  return {
    page,
    capture,
    title: article.title,
    period: dated.period,
    charset: article.charset,
    lastModified: article.lastModified,
    blocks: dated.blocks,
  };
}
