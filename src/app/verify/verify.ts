import { captureId } from '#core/history/revision.ts';
import type { Capture, StoredCapture } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { RecallInMemory } from '../history/recall.ts';
import { capturedPages, listCaptureIds } from '../objects/captures.ts';
import { type Anchors, anchorsOf } from './anchors.ts';
import { verifyCaptureChain } from './captures.ts';
import { verifyChain, verifyRest } from './chain.ts';
import { lookAtRevisions, verifyHeadless } from './headless.ts';
import { PageItems } from './items.ts';
import { verifyLooks } from './looks.ts';
import { ObjectChecks } from './objects.ts';
import { refusal, unlessBad } from './refusal.ts';
import { verifyStates } from './states.ts';
import { type ShownHeads, verifySummary } from './summary.ts';
import { finding, type Tally, type VerifyDeps, type VerifyEvent } from './types.ts';
import { Unaccounted } from './unaccounted.ts';
import type { Walk } from './walk.ts';

export type { Finding, Tally, VerifyDeps, VerifyEvent } from './types.ts';

const PROGRESS_EVERY = 500;

/**
 * Checks everything that is stored, of one page or of all, and reports what changed since it was written or does not
 * follow from its captures: objects byte by byte, items by their sums, revisions by making them again. Changes nothing.
 * A store that is written to meanwhile is verified as it was at the beginning.
 */
export async function* verify(deps: VerifyDeps, only: string | null = null): AsyncGenerator<VerifyEvent> {
  const tally: Tally = {
    pages: 0,
    revisions: 0,
    captures: 0,
    items: 0,
    objects: 0,
    leftovers: 0,
    waiting: 0,
    forks: 0,
    expired: 0,
    findings: 0,
  };
  for await (const event of everything(deps, only, tally)) {
    if (event.type === 'finding') tally.findings += 1;
    yield event;
  }
  yield { type: 'done', tally };
}

async function* everything(deps: VerifyDeps, only: string | null, tally: Tally): AsyncGenerator<VerifyEvent> {
  const anchors = new Map<string, Anchors>();
  for (const id of only === null ? await storedPages(deps) : [only]) anchors.set(id, await anchorsOf(deps.history, id));
  const pages = new Map([...anchors.keys()].map((pageId) => [pageId, new PageItems()]));
  for await (const { where, pageId, record, faults } of deps.history.audit()) {
    if (only !== null && pageId !== only) continue;
    tally.items += 1;
    for (const fault of faults) yield finding(pageId, `item ${where}`, fault);
    if (record !== null && pageId !== null && faults.length === 0) itemsOf(pages, pageId).take(record);
    if (tally.items % PROGRESS_EVERY === 0) yield { type: 'progress', what: 'items', done: tally.items, of: null };
  }
  const found: VerifyEvent[] = [];
  let current: string | null = null;
  const checks = new ObjectChecks(deps.objects, (where, problem) => found.push(finding(current, where, problem)));
  for (const [pageId, items] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    current = pageId;
    const then = anchors.get(pageId) ?? (await lateAnchors(deps, pageId));
    if (then === null) continue;
    tally.pages += 1;
    yield* then.findings;
    try {
      for await (const event of verifyPage(deps, pageId, items, then, checks, tally)) {
        yield* found.splice(0);
        yield event;
      }
    } catch (error) {
      yield finding(pageId, 'page', refusal(error));
    }
    yield* found.splice(0);
  }
  current = null;
  for await (const key of deps.objects.list(only === null ? '' : `revisions/${only}/`)) {
    if (checks.isSeen(key)) continue;
    if (await checks.unnamed(key)) tally.leftovers += 1;
    yield* found.splice(0);
    if (checks.count % PROGRESS_EVERY === 0) yield { type: 'progress', what: 'objects', done: checks.count, of: null };
  }
  tally.objects = checks.count;
}

async function* verifyPage(
  deps: VerifyDeps,
  pageId: string,
  items: PageItems,
  anchors: Anchors,
  checks: ObjectChecks,
  tally: Tally,
): AsyncGenerator<VerifyEvent> {
  const { head, check } = anchors;
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
  yield* verifyCaptureChain(checks, pageId, captures, tally);
  const page = check?.page ?? { id: pageId, url: head?.url ?? '', name: null, rolling: false, series: null };
  const unaccounted = new Unaccounted(checks, page, deps.parser, judged);
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
  yield* verifyLooks(deps, pageId, anchors, isComplete ? looked : []);
  yield* verifyStates(deps, pageId, items, anchors, captures);
  yield* verifySummary(pageId, anchors, shown);
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

/** Pages that existed when the verification began: those with captures, and tracked ones. */
async function storedPages(deps: VerifyDeps): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const pageId of capturedPages(deps.objects)) ids.add(pageId);
  // The audit reports a damaged check, and a refused index too.
  const checks = await unlessBad(
    () => deps.history.checks(),
    () => {},
  );
  for (const check of checks ?? []) ids.add(check.page.id);
  return ids;
}

/** Anchors of a page that had only items. Null if it has captures by now: its history began meanwhile. */
async function lateAnchors(deps: VerifyDeps, pageId: string): Promise<Anchors | null> {
  try {
    for await (const _ of listCaptureIds(deps.objects, pageId)) return null;
  } catch (error) {
    refusal(error);
  }
  return anchorsOf(deps.history, pageId);
}

function itemsOf(pages: Map<string, PageItems>, pageId: string): PageItems {
  const items = pages.get(pageId) ?? new PageItems();
  pages.set(pageId, items);
  return items;
}
