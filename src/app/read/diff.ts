import { diff } from '#core/diff/index.ts';
import type { Change, Paragraph, ParagraphRef } from '#core/diff/types.ts';
import { keysToRecall, recalledParagraphs } from '#core/history/past.ts';
import type { Head } from '#core/history/types.ts';
import { storedRecall } from '../history/recall.ts';
import { loadDocument } from '../objects/documents.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { headOf, renumberedAt, selectRevision } from './select.ts';
import type { RevisionDiff, RevisionSelector } from './types.ts';

/**
 * What changed between any two revisions of a page, in either direction.
 * @throws NotFoundError and RevisionError as `readRevision` does; StoredDataError when what must be stored is not.
 */
export async function readDiff(
  history: HistoryStore,
  objects: ObjectStore,
  pageId: string,
  from: RevisionSelector,
  to: RevisionSelector,
): Promise<RevisionDiff> {
  const head = await headOf(history, pageId);
  const [older, newer] = await Promise.all([selectRevision(history, head, from), selectRevision(history, head, to)]);
  const [before, after] = await Promise.all([loadDocument(objects, older), loadDocument(objects, newer)]);
  const recalled = await pastBefore(history, head, older.number, keysToRecall(before.paragraphs, after.paragraphs));
  const memory = {
    removed: recalledParagraphs(recalled, before.paragraphs),
    // Of the older one alone: the comparison finds it itself.
    newestDate: null,
  };
  const { changes } = diff(before.paragraphs, after.paragraphs, memory, pageId);
  const check = await history.check(pageId);
  return {
    from: older,
    to: newer,
    changes: changes.map((change) => withStoredIds(change, after.paragraphs)),
    renumberedAt: renumberedAt(check, older.number) ?? renumberedAt(check, newer.number),
  };
}

/** What had left the page when a revision was made. */
async function pastBefore(history: HistoryStore, head: Head, number: number, keys: readonly string[]) {
  const recalled = await storedRecall(history, head).texts(keys);
  return { ...recalled, texts: recalled.texts.filter(({ revision }) => revision <= number) };
}

/** Compares two distant revisions directly; the paragraphs of the newer one keep their stored ids. */
function withStoredIds(change: Change, paragraphs: readonly Paragraph[]): Change {
  const named = (ref: ParagraphRef): ParagraphRef => ({ ...ref, id: paragraphs[ref.at]?.id ?? ref.id });
  return { ...change, after: change.after.map(named) };
}
