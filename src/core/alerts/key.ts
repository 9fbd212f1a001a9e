import { shortId } from '../history/lineage.ts';

/**
 * The idempotency key of a revision's alert, and of the record of it. Two attempts at one revision number have two
 * keys, because the revision's id is in it.
 */
export function revisionAlertKey(pageId: string, number: number, revisionId: string): string {
  return `${pageId}/revision/${number}/${shortId(revisionId)}`;
}
