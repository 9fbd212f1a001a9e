import { captureId } from '#core/history/revision.ts';
import type { Capture, StoredCapture } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { RecallInMemory } from '../history/recall.ts';
import { listCaptureIds } from '../objects/captures.ts';
import type { Anchors } from './anchors.ts';
import { verifyCaptureChain } from './captures.ts';
import { verifyChain, verifyRest } from './chain.ts';
import { lookAtRevisions, verifyHeadless } from './headless.ts';
import type { PageItems } from './items.ts';
import { verifyLooks } from './looks.ts';
import type { ObjectChecks } from './objects.ts';
import { verifyStates } from './states.ts';
import { type ShownHeads, verifySummary } from './summary.ts';
import { finding, PROGRESS_EVERY, type Tally, type VerifyDeps, type VerifyEvent } from './types.ts';
import { Unaccounted } from './unaccounted.ts';
import type { Walk } from './walk.ts';

/** A page, and what was read of it so far. */
interface Page {
  readonly deps: VerifyDeps;
  readonly pageId: string;
  readonly items: PageItems;
  readonly anchors: Anchors;
  readonly checks: ObjectChecks;
  readonly tally: Tally;
}

/** Verifies one page: its captures, its revisions, its looks, its states and its summary. */
export async function* verifyPage(page: Page): AsyncGenerator<VerifyEvent> {
  const { deps, pageId, items, anchors, checks, tally } = page;
  const { head, check } = anchors;
  const { captures, judged, looked, waiting } = yield* verifyCaptures(page);
  yield* verifyCaptureChain(checks, pageId, captures, tally);
  const spec = check?.page ?? { id: pageId, url: head?.url ?? '', name: null, rolling: false, series: null };
  const unaccounted = new Unaccounted(checks, spec, deps.parser, judged);
  let shown: ShownHeads | null = null;
  if (head) {
    tally.waiting += waiting;
    const notified = Math.max(0, ...(anchors.cursors ?? []).map((cursor) => cursor.revision));
    const walk: Walk = {
      deps,
      checks,
      items,
      head,
      captures,
      tally,
      unaccounted,
      notified,
      recall: new RecallInMemory(null),
      isJudged: (id) => isJudged(id, anchors),
      shown: [null],
      unpublished: false,
      broken: false,
    };
    yield* verifyChain(walk);
    yield* verifyRest(walk);
    if (!walk.broken && !walk.unpublished) shown = walk.shown;
  } else if (head === null) {
    const headless = { deps, checks, pageId, anchors, items, unaccounted, waiting, tally };
    if (yield* verifyHeadless(headless)) shown = [null];
  } else {
    // The head is unreadable, which is reported already, so nothing can be compared with it.
    await lookAtRevisions({ deps, checks, pageId });
  }
  // An unfinished import has quarantined captures whose looks are not stored yet.
  const isComplete = Boolean(check) && check?.importing !== true;
  yield* verifyLooks(deps, pageId, anchors, isComplete ? looked : [], captures.values());
  yield* verifyStates(deps, pageId, items, anchors, captures);
  yield* verifySummary(pageId, anchors, shown);
}

interface Captures {
  /** All by id, null: one whose record cannot be read. */
  readonly captures: ReadonlyMap<string, StoredCapture | null>;
  /** Those that count as judged and left nothing: each must have had nothing new. */
  readonly judged: readonly Capture[];
  /** Those that count as judged and made a revision or are in quarantine: each has a look. */
  readonly looked: readonly Capture[];
  /** How many left nothing and are not judged yet. */
  readonly waiting: number;
}

/** Verifies the records and bodies of a page's captures, and sorts them by what is stored of each. */
async function* verifyCaptures({
  deps,
  pageId,
  items,
  anchors,
  checks,
  tally,
}: Page): AsyncGenerator<VerifyEvent, Captures> {
  const { head } = anchors;
  const captures = new Map<string, StoredCapture | null>();
  const quarantined = new Set(items.quarantined.map((record) => record.captureId));
  const accounted = new Set([...quarantined, ...(head ? items.capturesOf(head) : [])]);
  const judged: Capture[] = [];
  const looked: Capture[] = [];
  let waiting = 0;
  for await (const id of listCaptureIds(deps.objects, pageId)) {
    const capture = await checks.capture(pageId, id);
    captures.set(id, capture);
    tally.captures += 1;
    if (capture !== null) {
      const { fetched, kept } = await checks.body(capture);
      const isMissing = fetched === 'missing' && kept === 'missing';
      if (quarantined.has(id) && kept === 'missing')
        yield finding(pageId, `capture ${id}`, `its quarantined body ${capture.sha256} is not kept`);
      else if (isMissing && deps.expires) tally.expired += 1;
      else if (isMissing) yield finding(pageId, `capture ${id}`, `its body ${capture.sha256} is missing`);
      const wasJudged = isJudged(id, anchors);
      if (accounted.has(id)) {
        if (wasJudged) looked.push(capture);
      } else if (wasJudged) judged.push(capture);
      else waiting += 1;
    }
    if (tally.captures % PROGRESS_EVERY === 0)
      yield { type: 'progress', what: `${pageId}: captures`, done: tally.captures, of: null };
  }
  return { captures, judged, looked, waiting };
}

/** Whether the check counts a capture as judged; without a readable check, every capture is if there is a head. */
function isJudged(id: string, { check, head }: Anchors): boolean {
  // The capture that the page waits for is not judged yet, even if one with a later name is.
  if (check) return check.lastCaptureId !== null && id <= check.lastCaptureId && id !== waitedFor(check);
  return Boolean(head);
}

function waitedFor({ dueAt }: CheckState): string | null {
  return Number.isNaN(Date.parse(dueAt)) ? null : captureId(dueAt);
}
