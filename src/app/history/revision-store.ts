import type { Advance } from '#core/history/advance.ts';
import type { Head, RevisionDocument } from '#core/history/types.ts';
import { loadDocument, storeDocument } from '../objects/documents.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';

/** A page's newest revision with its whole text: what the next capture is compared with. */
export interface LoadedRevision {
  readonly head: Head;
  readonly document: RevisionDocument;
}

/** @throws StoredDataError when the document is missing or damaged. */
export async function loadRevision(objects: ObjectStore, head: Head): Promise<LoadedRevision> {
  const { pageId, revision: number, document: hash } = head;
  return { head, document: await loadDocument(objects, { pageId, number, document: hash }) };
}

/** Writes a revision's document and items. They are invisible until a head names them. */
export async function appendRevision(
  deps: { readonly history: Pick<HistoryStore, 'append'>; readonly objects: ObjectStore },
  next: Advance,
): Promise<void> {
  await storeDocument(deps.objects, next.document, next.revision.document);
  await deps.history.append({ revision: next.revision, changes: next.changes, timeline: next.timeline });
}
