import { type Advance, fingerprintOf } from '#core/history/advance.ts';
import type { Head, RevisionDocument } from '#core/history/types.ts';
import { loadDocument, storeDocument } from '../objects/documents.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { type Recall, type RecallStore, storedRecall } from './recall.ts';

/** A page's newest revision with its whole text, and its past: what the next capture is compared with. */
export interface LoadedRevision {
  readonly head: Head;
  readonly document: RevisionDocument;
  /** Of the document's paragraphs: see `fingerprintOf`. */
  readonly fingerprint: string;
  readonly recall: Recall;
}

/** @throws StoredDataError when the document is missing or damaged. */
export async function loadRevision(
  { history, objects }: { readonly history: RecallStore; readonly objects: ObjectStore },
  head: Head,
): Promise<LoadedRevision> {
  const { pageId, revision: number, document: hash } = head;
  const document = await loadDocument(objects, { pageId, number, document: hash });
  return { head, document, fingerprint: fingerprintOf(document.paragraphs), recall: storedRecall(history, head) };
}

/** Writes a revision's document and items. They are invisible until a head names them. */
export async function appendRevision(
  deps: { readonly history: Pick<HistoryStore, 'append'>; readonly objects: ObjectStore },
  next: Advance,
): Promise<void> {
  await storeDocument(deps.objects, next.revision, next.documentJson);
  const { document: _, documentJson: __, head: ___, ...items } = next;
  await deps.history.append(items);
}
