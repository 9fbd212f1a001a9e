import { revisionAlertKey } from '#core/alerts/key.ts';
import { lineageAt } from '#core/history/lineage.ts';
import type { Capture, Head } from '#core/history/types.ts';
import type { Anchors } from './anchors.ts';
import type { PageItems } from './items.ts';
import { unlessBad } from './refusal.ts';
import { finding, type VerifyDeps, type VerifyEvent } from './types.ts';

/**
 * Holds the items that follow from no document against what they speak of: the captures, the head, each other. Whether
 * their bytes are those that were written is checked by the store's own sums.
 */
export async function* verifyStates(
  deps: VerifyDeps,
  pageId: string,
  items: PageItems,
  { head, check, health, cursor }: Anchors,
  captures: ReadonlyMap<string, Capture | null>,
): AsyncGenerator<VerifyEvent> {
  for (const record of items.quarantined) {
    const where = `quarantined capture ${record.captureId}`;
    const capture = captures.get(record.captureId);
    if (capture === undefined) yield finding(pageId, where, 'there is no such capture');
    else if (capture !== null && !isOf(record, capture)) yield finding(pageId, where, 'it differs from its capture');
  }
  if (check === null && ((head ?? null) !== null || (health ?? null) !== null)) {
    yield finding(pageId, 'check', 'it is missing: nobody knows when the page is due');
  }
  if (check !== null && check !== undefined) {
    const last = check.lastCaptureId;
    if (last !== null && !captures.has(last))
      yield finding(pageId, 'check', `it names capture ${last}, which is not there`);
    if (Number.isNaN(Date.parse(check.dueAt))) yield finding(pageId, 'check', `it is due at "${check.dueAt}"`);
    if (check.version < 1) yield finding(pageId, 'check', `it has version ${check.version}`);
  }
  // The first judged capture writes it, before the check counts the capture as judged.
  if (health === null && (check?.lastCaptureId ?? null) !== null)
    yield finding(pageId, 'health', 'it is missing: nobody knows whether the page can be believed');
  if (health !== null && health !== undefined) {
    const newest = health.events.at(-1);
    if (newest !== undefined && newest.seq !== health.seq)
      yield finding(pageId, 'health', `its newest event is ${newest.seq}, it counts ${health.seq}`);
  }
  if (cursor !== null && cursor !== undefined) {
    const revisions = Math.max(head?.revision ?? 0, items.head?.revision ?? 0);
    if (head !== undefined && cursor.revision > revisions)
      yield finding(
        pageId,
        'cursor',
        `it has passed revision ${cursor.revision} of ${revisions}: nobody would be notified of the next`,
      );
    if (health !== undefined && cursor.healthSeq > (health?.seq ?? 0))
      yield finding(
        pageId,
        'cursor',
        `it has passed health event ${cursor.healthSeq} of ${health?.seq ?? 0}: nobody would be notified of the next`,
      );
  }
  if (cursor === null && head !== null && head !== undefined && isNotifiedOf(items, head, check?.retired === true)) {
    // Looked at once more: the first alerts may have gone out since.
    const now = await unlessBad(
      () => deps.history.cursor(pageId),
      () => {},
    );
    if (now === null) yield finding(pageId, 'cursor', 'it is missing: nobody knows how far people were notified');
  }
  for (const key of items.alerts.keys()) {
    if (!key.startsWith(`${pageId}/`)) yield finding(pageId, `alert ${key}`, 'it is of another page');
  }
}

/**
 * Whether the alerts on record take a cursor. It follows the record of each, so that the first may be there without one;
 * an import or a rebuild, which leave a page that is not tracked, move it before anything is seen.
 */
function isNotifiedOf(items: PageItems, head: Head, isRetired: boolean): boolean {
  let notified = 0;
  for (let number = 1; number <= head.revision; number += 1) {
    if (items.alerts.has(revisionAlertKey(head.pageId, number, lineageAt(head, number)))) notified += 1;
  }
  return notified > 1 || (isRetired && notified > 0);
}

function isOf(
  record: { readonly sha256: string; readonly status: number; readonly fetchedAt: string },
  capture: Capture,
): boolean {
  return record.sha256 === capture.sha256 && record.status === capture.status && record.fetchedAt === capture.fetchedAt;
}
