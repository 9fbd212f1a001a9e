import type { Capture, Head } from '#core/history/types.ts';
import { listCaptureIds } from './captures.ts';
import { StoredDataError } from './errors.ts';
import { capturedPages } from './rebuild.ts';
import { PageItems } from './verify/items.ts';
import { ObjectChecks } from './verify/objects.ts';
import { verifyChain, verifyRest } from './verify/page.ts';
import { verifyStates } from './verify/states.ts';
import { finding, type Tally, type VerifyDeps, type VerifyEvent } from './verify/types.ts';

export type { Finding, Tally, VerifyDeps, VerifyEvent } from './verify/types.ts';

const PROGRESS_EVERY = 500;

/**
 * Looks at everything that is stored, of one page or of all, and tells what is not as it was written or does not
 * follow from what it rests on: objects byte by byte, items by their sums, revisions by making them once more from
 * their captures. Changes nothing. A store that is written to meanwhile is verified as it was at the beginning.
 */
export async function* verify(deps: VerifyDeps, only: string | null = null): AsyncGenerator<VerifyEvent> {
  const tally: Tally = {
    pages: 0,
    revisions: 0,
    captures: 0,
    items: 0,
    objects: 0,
    leftovers: 0,
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
  // Heads first: what they name was written before them, so everything that is read later holds it.
  const heads = await headsOf(deps, only);
  const pages = new Map<string, PageItems>();
  for await (const { where, pageId, record, faults } of deps.history.audit()) {
    if (only !== null && pageId !== only) continue;
    tally.items += 1;
    for (const fault of faults) yield finding(pageId, `item ${where}`, fault);
    if (record !== null && pageId !== null && faults.length === 0) itemsOf(pages, pageId).take(record);
    if (tally.items % PROGRESS_EVERY === 0) yield { type: 'progress', what: 'items', done: tally.items, of: null };
  }
  for await (const pageId of capturedPages(deps.objects)) {
    if (only === null || pageId === only) itemsOf(pages, pageId);
  }
  const found: VerifyEvent[] = [];
  let current: string | null = null;
  const checks = new ObjectChecks(deps.objects, (where, problem) => found.push(finding(current, where, problem)));
  for (const [pageId, items] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    current = pageId;
    tally.pages += 1;
    const head = heads.get(pageId) ?? (heads.has(pageId) ? null : items.head);
    for await (const event of verifyPage(deps, pageId, items, head, checks, tally)) {
      yield* found.splice(0);
      yield event;
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
  head: Head | null,
  checks: ObjectChecks,
  tally: Tally,
): AsyncGenerator<VerifyEvent> {
  const captures = new Map<string, Capture | null>();
  const quarantined = new Set(items.quarantined.map((record) => record.captureId));
  for await (const id of listCaptureIds(deps.objects, pageId)) {
    const capture = await checks.capture(pageId, id);
    captures.set(id, capture);
    tally.captures += 1;
    if (capture !== null) {
      const { fetched, kept } = await checks.body(capture);
      const isMissing = fetched === 'missing' && kept === 'missing';
      if (quarantined.has(id) && kept === 'missing')
        yield finding(pageId, `capture ${id}`, `its body ${capture.sha256}, which was not believed, is not kept`);
      else if (isMissing && deps.expires) tally.expired += 1;
      else if (isMissing) yield finding(pageId, `capture ${id}`, `its body ${capture.sha256} is missing`);
    }
    if (tally.captures % PROGRESS_EVERY === 0)
      yield { type: 'progress', what: `${pageId}: captures`, done: tally.captures, of: null };
  }
  if (head !== null) {
    const walk = { deps, checks, items, head, captures, tally, broken: false };
    yield* verifyChain(walk);
    yield* verifyRest(walk);
  } else {
    tally.leftovers += items.held.size + items.revisions.size;
    const told = [...captures.values()].some((capture) => capture !== null);
    if (told && (items.cursor?.revision ?? 0) > 0)
      yield finding(pageId, 'head', 'it is missing: nothing of the page is seen');
  }
  yield* verifyStates(pageId, items, head, captures);
}

/** Heads by page, as far as pages are known and heads can be read: what cannot is found by the audit. */
async function headsOf(deps: VerifyDeps, only: string | null): Promise<Map<string, Head | null>> {
  const heads = new Map<string, Head | null>();
  const ids = only === null ? await trackedPages(deps) : [only];
  for (const id of ids) {
    try {
      heads.set(id, await deps.history.head(id));
    } catch (error) {
      if (!(error instanceof StoredDataError)) throw error;
    }
  }
  return heads;
}

async function trackedPages(deps: VerifyDeps): Promise<string[]> {
  try {
    return (await deps.history.checks()).map((check) => check.page.id);
  } catch (error) {
    if (error instanceof StoredDataError) return [];
    throw error;
  }
}

function itemsOf(pages: Map<string, PageItems>, pageId: string): PageItems {
  const items = pages.get(pageId) ?? new PageItems();
  pages.set(pageId, items);
  return items;
}
