import type { ChangeRecord, Head, RevisionRecord } from '#core/history/types.ts';
import { Visibility } from '../history/visibility.ts';
import { loadText } from '../objects/documents.ts';
import type { HistoryStore, Listing, ObjectStore } from '../ports.ts';
import { noSuchPage } from './pages.ts';
import { headOf, itemOf, renumberedAt, revisionAt, selectRevision } from './select.ts';
import type { FoundRevision, RevisionSelector, RevisionsRequest, RevisionView } from './types.ts';

/** A part of the page's revisions, by number. @throws NotFoundError when no such page is tracked. */
export async function listRevisions(
  history: HistoryStore,
  pageId: string,
  { limit, after, newestFirst = false }: RevisionsRequest,
): Promise<Listing<RevisionRecord>> {
  const head = await history.head(pageId);
  if (head === null) {
    if ((await history.check(pageId)) === null) throw noSuchPage(pageId);
    return { items: [], next: null };
  }
  const end = newestFirst ? Math.min(head.revision, (after ?? Number.POSITIVE_INFINITY) - 1) : head.revision;
  const from = newestFirst ? Math.max(1, end - limit + 1) : (after ?? 0) + 1;
  const to = Math.min(end, from + limit - 1);
  if (from > to) return { items: [], next: null };
  const records = await history.revisions(pageId, { from, to });
  const byId = new Map(records.map((record) => [record.id, record]));
  const visible = await new Visibility(history).filter(head, records.map(itemOf));
  const items = visible.flatMap(({ revisionId }) => byId.get(revisionId) ?? []).sort((a, b) => a.number - b.number);
  const next = newestFirst ? (from > 1 ? from : null) : to < head.revision ? to : null;
  return { items: newestFirst ? items.reverse() : items, next: next === null ? null : String(next) };
}

/**
 * One revision with its whole text.
 * @throws NotFoundError when there is no such page or revision, or when nothing had been observed at the asked-for
 *   time; RevisionError when an id is ambiguous or was replaced by an import; StoredDataError when what must be stored is not.
 */
export async function readRevision(
  history: HistoryStore,
  objects: ObjectStore,
  pageId: string,
  selector: RevisionSelector,
): Promise<RevisionView> {
  const head = await headOf(history, pageId);
  const record = await selectRevision(history, head, selector);
  const [text, check, next, revertedToId] = await Promise.all([
    loadText(objects, record),
    history.check(pageId),
    idAt(history, head, record.number + 1),
    idAt(history, head, record.revertedTo),
  ]);
  return {
    record,
    text,
    latest: head.revision,
    next,
    revertedToId,
    renumberedAt: renumberedAt(check, record.number),
  };
}

/** Finds a revision without its text. @throws as `readRevision` does. */
export async function findRevision(
  history: HistoryStore,
  pageId: string,
  selector: RevisionSelector,
): Promise<FoundRevision> {
  const record = await selectRevision(history, await headOf(history, pageId), selector);
  return { record, renumberedAt: renumberedAt(await history.check(pageId), record.number) };
}

/** The id of a number; null where there is no such number. */
async function idAt(history: HistoryStore, head: Head, number: number | null): Promise<string | null> {
  return number === null || number > head.revision ? null : (await revisionAt(history, head, number)).id;
}

/** What one revision changed, in the order of the page. @throws as `readRevision` does. */
export async function readChangesOf(
  history: HistoryStore,
  pageId: string,
  selector: RevisionSelector,
): Promise<ChangeRecord[]> {
  const head = await headOf(history, pageId);
  const { number } = await selectRevision(history, head, selector);
  const changes = await new Visibility(history).filter(head, await history.changesOf(pageId, number));
  return changes.sort((a, b) => a.seq - b.seq);
}
