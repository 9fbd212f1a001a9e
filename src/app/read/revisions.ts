import type { ChangeRecord, Head, RevisionRecord } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import { Visibility } from '../history/visibility.ts';
import { loadDocument } from '../objects/documents.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { NotFoundError, quoted } from './errors.ts';
import { noSuchPage } from './pages.ts';
import type { RevisionSelector, RevisionView } from './types.ts';

/** The page's revisions, oldest first. @throws NotFoundError when no such page is tracked. */
export async function listRevisions(history: HistoryStore, pageId: string): Promise<RevisionRecord[]> {
  const head = await history.head(pageId);
  if (head === null) {
    if ((await history.check(pageId)) === null) throw noSuchPage(pageId);
    return [];
  }
  const records = await history.revisions(pageId);
  const byId = new Map(records.map((record) => [record.id, record]));
  const visible = await new Visibility(history).filter(head, records.map(itemOf));
  return visible.flatMap(({ revisionId }) => byId.get(revisionId) ?? []).sort((a, b) => a.number - b.number);
}

/**
 * One revision with its whole text.
 * @throws NotFoundError when there is no such page or revision, or when nothing had been observed at the asked-for
 *   time; StoredDataError when what must be stored is not.
 */
export async function readRevision(
  history: HistoryStore,
  objects: ObjectStore,
  pageId: string,
  selector: RevisionSelector,
): Promise<RevisionView> {
  const head = await headOf(history, pageId);
  const record = await selectRevision(history, head, selector);
  return { record, document: await loadDocument(objects, record), latest: head.revision };
}

/** What one revision changed, in the order of the page. */
export async function readChangesOf(history: HistoryStore, pageId: string, number: number): Promise<ChangeRecord[]> {
  const head = await headOf(history, pageId);
  checkNumber(head, number);
  const changes = await new Visibility(history).filter(head, await history.changesOf(pageId, number));
  return changes.sort((a, b) => a.seq - b.seq);
}

/** @throws NotFoundError when the page is not tracked or was never seen. */
export async function headOf(history: HistoryStore, pageId: string): Promise<Head> {
  const head = await history.head(pageId);
  if (head !== null) return head;
  if ((await history.check(pageId)) === null) throw noSuchPage(pageId);
  throw new NotFoundError(`The page ${quoted(pageId)} has no revision yet: it was not seen yet`);
}

export async function selectRevision(
  history: HistoryStore,
  head: Head,
  selector: RevisionSelector,
): Promise<RevisionRecord> {
  if (selector === 'latest') return revisionAt(history, head, head.revision);
  if (typeof selector === 'number') {
    checkNumber(head, selector);
    return revisionAt(history, head, selector);
  }
  return standingAt(history, head, selector.asOf);
}

function checkNumber(head: Head, number: number): void {
  if (Number.isSafeInteger(number) && number >= 1 && number <= head.revision) return;
  throw new NotFoundError(
    `The page ${quoted(head.pageId)} has no revision ${number}: it has revisions 1 to ${head.revision}`,
  );
}

export async function revisionAt(history: HistoryStore, head: Head, number: number): Promise<RevisionRecord> {
  const record = await history.revision(head.pageId, number);
  const visible = record === null ? [] : await new Visibility(history).filter(head, [itemOf(record)]);
  if (record === null || visible.length === 0) {
    throw new StoredDataError(`The record of revision ${number} of ${head.pageId} is missing`);
  }
  return record;
}

/** The last revision observed by then. Revisions are observed in the order of their numbers, so a few are asked for. */
async function standingAt(history: HistoryStore, head: Head, asOf: string): Promise<RevisionRecord> {
  if (asOf < head.firstObservedAt) {
    throw new NotFoundError(
      `The page ${quoted(head.pageId)} was not seen by ${asOf}: it was first seen at ${head.firstObservedAt}`,
    );
  }
  if (asOf >= head.observedAt) return revisionAt(history, head, head.revision);
  let low = await revisionAt(history, head, 1);
  let high = head.revision;
  while (high - low.number > 1) {
    const middle = await revisionAt(history, head, Math.floor((low.number + high) / 2));
    if (middle.observedAt <= asOf) low = middle;
    else high = middle.number;
  }
  return low;
}

function itemOf({ number, id }: RevisionRecord): { readonly revision: number; readonly revisionId: string } {
  return { revision: number, revisionId: id };
}
