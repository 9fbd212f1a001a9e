import { shortId } from '../history/lineage.ts';

/**
 * Names what was decided about telling people of a revision: the idempotency key of its alert, and the key of the record
 * of it. Of two revisions that took one number at different times each has its own.
 */
export function revisionAlertKey(pageId: string, number: number, revisionId: string): string {
  return `${pageId}/revision/${number}/${shortId(revisionId)}`;
}
