import type { Head, RevisionPlace, RevisionRecord } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { StoredDataError } from '../errors.ts';
import { Visibility } from '../history/visibility.ts';
import type { HistoryStore } from '../ports.ts';
import { NotFoundError, quoted, RevisionError } from './errors.ts';
import { noSuchPage } from './pages.ts';
import type { RevisionSelector } from './types.ts';

/** Most revisions that an ambiguous id lists. */
const CANDIDATES = 10;

/** @throws NotFoundError when the page is not tracked or was never seen. */
export async function headOf(history: HistoryStore, pageId: string): Promise<Head> {
  const head = await history.head(pageId);
  if (head !== null) return head;
  if ((await history.check(pageId)) === null) throw noSuchPage(pageId);
  throw new NotFoundError(`The page ${quoted(pageId)} has no revision yet: it was not seen yet`);
}

/**
 * The record of the revision that is meant.
 * @throws NotFoundError when there is none; RevisionError when an id is ambiguous or was replaced by an import.
 */
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
  return 'id' in selector ? withId(history, head, selector.id) : newestAt(history, head, selector.asOf);
}

/** The record of a number that the head has. @throws StoredDataError when it is missing. */
export async function revisionAt(history: HistoryStore, head: Head, number: number): Promise<RevisionRecord> {
  const record = await history.revision(head.pageId, number);
  const visible = record === null ? [] : await new Visibility(history).filter(head, [itemOf(record)]);
  if (record === null || visible.length === 0) {
    throw new StoredDataError(`The record of revision ${number} of ${head.pageId} is missing`);
  }
  return record;
}

/** When an import gave a number that may have meant another revision before; null where it never did. */
export function renumberedAt(check: CheckState | null, number: number): string | null {
  const mark = check?.renumbered;
  return mark !== undefined && number >= mark.from && number <= mark.to ? mark.at : null;
}

export function itemOf({ number, id }: RevisionRecord): { readonly revision: number; readonly revisionId: string } {
  return { revision: number, revisionId: id };
}

function checkNumber(head: Head, number: number): void {
  if (Number.isSafeInteger(number) && number >= 1 && number <= head.revision) return;
  throw new NotFoundError(
    `The page ${quoted(head.pageId)} has no revision ${number}: it has revisions 1 to ${head.revision}`,
  );
}

async function withId(history: HistoryStore, head: Head, id: string): Promise<RevisionRecord> {
  const places = await history.places(head.pageId, id, CANDIDATES);
  const [place] = places;
  if (place === undefined) throw noSuchId(head, id);
  if (places.length > 1) throw ambiguous(head, id, places);
  if ((await new Visibility(history).filter(head, places)).length > 0) {
    const record = await revisionAt(history, head, place.revision);
    if (record.id === place.revisionId) return record;
  }
  // Leftovers of crashed attempts were never part of a history: nobody has their ids from Daybook.
  const at = renumberedAt(await history.check(head.pageId), place.revision);
  throw at === null ? noSuchId(head, id) : await superseded(history, head, place, at);
}

function noSuchId({ pageId }: Head, id: string): NotFoundError {
  return new NotFoundError(`The page ${quoted(pageId)} has no revision with the id ${id}`);
}

function ambiguous({ pageId }: Head, id: string, places: readonly RevisionPlace[]): RevisionError {
  const candidates = places.map(({ revision: number, revisionId, observedAt }) => ({
    number,
    id: revisionId,
    observedAt,
  }));
  const list = candidates.map((one) => one.id).join(', ');
  const message = `The page ${quoted(pageId)} has several revisions with ids that begin with ${id}: give more digits of ${list}`;
  return new RevisionError('ambiguous', message, pageId, candidates);
}

async function superseded(history: HistoryStore, head: Head, place: RevisionPlace, at: string): Promise<RevisionError> {
  const { pageId } = head;
  const present = place.observedAt < head.firstObservedAt ? null : await newestAt(history, head, place.observedAt);
  const now = present === null ? '' : `; what the page had at ${place.observedAt} is revision ${present.id} now`;
  const message = `The revision ${place.revisionId} is no longer part of the history of ${quoted(pageId)}: it was replaced by an import of older captures at ${at}${now}`;
  return new RevisionError('superseded', message, pageId, present === null ? [] : [present]);
}

/** The last revision observed by then. Revisions are observed in the order of their numbers, so a few are asked for. */
async function newestAt(history: HistoryStore, head: Head, asOf: string): Promise<RevisionRecord> {
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
