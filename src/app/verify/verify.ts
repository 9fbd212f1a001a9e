import { isBulletin } from '../bulletins/record.ts';
import { capturedPages, listCaptureIds } from '../objects/captures.ts';
import { type Anchors, anchorsOf } from './anchors.ts';
import { PageItems } from './items.ts';
import { ObjectChecks } from './objects.ts';
import { verifyPage } from './page.ts';
import { refusal, unlessBad } from './refusal.ts';
import { finding, PROGRESS_EVERY, type Tally, type VerifyDeps, type VerifyEvent } from './types.ts';

export type { Finding, Tally, VerifyDeps, VerifyEvent } from './types.ts';

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
  const passedBy = new Map<string, number>();
  for await (const { where, pageId, record, faults } of deps.history.audit()) {
    if (only !== null && pageId !== only) continue;
    tally.items += 1;
    for (const fault of faults) yield finding(pageId, `item ${where}`, fault);
    if (record !== null && pageId !== null && faults.length === 0) {
      if (!isBulletin(pageId)) itemsOf(pages, pageId).take(record);
      else if (record.kind === 'cursor')
        passedBy.set(pageId, Math.max(record.value.healthSeq, passedBy.get(pageId) ?? 0));
    }
    if (tally.items % PROGRESS_EVERY === 0) yield { type: 'progress', what: 'items', done: tally.items, of: null };
  }
  yield* verifyBulletins(deps, passedBy);
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
      for await (const event of verifyPage({ deps, pageId, items, anchors: then, checks, tally })) {
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

/** Cursors of bulletins, which were read before them: one behind its bulletin's end would hide the next message. */
async function* verifyBulletins(deps: VerifyDeps, passedBy: ReadonlyMap<string, number>): AsyncGenerator<VerifyEvent> {
  for (const [id, passed] of passedBy) {
    const bulletin = await unlessBad(
      () => deps.history.bulletin(id),
      () => {},
    );
    const seq = bulletin?.seq ?? 0;
    if (bulletin !== undefined && passed > seq)
      yield finding(id, 'cursor', `it has passed message ${passed} of ${seq}, so the next one would send no alert`);
  }
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
