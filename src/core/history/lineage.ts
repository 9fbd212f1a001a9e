/**
 * A page's lineage is the first 8 characters of every revision's id, in order. Items are written before the head
 * that names them, so a crashed or overtaken attempt leaves items behind with a true number and a false id:
 * the lineage distinguishes them without a read of every revision's record.
 *
 * 8 hex digits distinguish 2^32 attempts at one number, and 45,000 revisions fit into a 400 KB item with the rest.
 */
const WIDTH = 8;

export interface Visible {
  readonly revision: number;
  readonly lineage: string;
}

export function extendLineage(lineage: string, revisionId: string): string {
  return lineage + revisionId.slice(0, WIDTH);
}

/** Whether an item of `revision` with `revisionId` is part of the head's history. */
export function isVisible(head: Visible | null | undefined, item: { revision: number; revisionId: string }): boolean {
  if (head === null || head === undefined || item.revision < 1 || item.revision > head.revision) return false;
  return head.lineage.startsWith(item.revisionId.slice(0, WIDTH), (item.revision - 1) * WIDTH);
}

/** The first 8 characters of the id of revision `number`: what stored keys carry. */
export function lineageAt(head: Visible, number: number): string {
  return head.lineage.slice((number - 1) * WIDTH, number * WIDTH);
}

/** The part of an id that stored keys carry. */
export function shortId(revisionId: string): string {
  return revisionId.slice(0, WIDTH);
}
