import type { Capture, Head } from '#core/history/types.ts';
import type { PageItems } from './items.ts';
import { finding, type VerifyEvent } from './types.ts';

/**
 * Holds the items that follow from no document against what they speak of: the captures, the head, each other. Whether
 * their bytes are those that were written is told by the store's own sums.
 */
export function* verifyStates(
  pageId: string,
  items: PageItems,
  head: Head | null,
  captures: ReadonlyMap<string, Capture | null>,
): Generator<VerifyEvent> {
  const { check, health, cursor } = items;
  for (const record of items.quarantined) {
    const where = `quarantined capture ${record.captureId}`;
    const capture = captures.get(record.captureId);
    if (capture === undefined) yield finding(pageId, where, 'there is no such capture');
    else if (capture !== null && !isOf(record, capture))
      yield finding(pageId, where, 'it is not what its capture says');
  }
  if (check === null && (head !== null || health !== null)) {
    yield finding(pageId, 'check', 'it is missing: nobody knows when the page is due');
  }
  if (check !== null) {
    const last = check.lastCaptureId;
    if (last !== null && !captures.has(last))
      yield finding(pageId, 'check', `it names capture ${last}, which is not there`);
    if (Number.isNaN(Date.parse(check.dueAt))) yield finding(pageId, 'check', `it is due at "${check.dueAt}"`);
    if (check.version < 1) yield finding(pageId, 'check', `it has version ${check.version}`);
  }
  if (health !== null) {
    const newest = health.events.at(-1);
    if (newest !== undefined && newest.seq !== health.seq)
      yield finding(pageId, 'health', `its newest turn is ${newest.seq}, it counts ${health.seq}`);
  }
  if (cursor !== null) {
    const revisions = Math.max(head?.revision ?? 0, items.head?.revision ?? 0);
    if (cursor.revision > revisions)
      yield finding(
        pageId,
        'cursor',
        `it stands behind revision ${cursor.revision} of ${revisions}: what comes would not be told`,
      );
    if (cursor.healthSeq > (health?.seq ?? 0))
      yield finding(
        pageId,
        'cursor',
        `it stands behind turn ${cursor.healthSeq} of ${health?.seq ?? 0}: what comes would not be told`,
      );
  }
  for (const { key } of items.alerts) {
    if (!key.startsWith(`${pageId}/`)) yield finding(pageId, `alert ${key}`, 'it is of another page');
  }
}

function isOf(
  record: { readonly sha256: string; readonly status: number; readonly fetchedAt: string },
  capture: Capture,
): boolean {
  return record.sha256 === capture.sha256 && record.status === capture.status && record.fetchedAt === capture.fetchedAt;
}
