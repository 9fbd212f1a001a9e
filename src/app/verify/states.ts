import { revisionAlertKey } from '#core/alerts/key.ts';
import type { NotifyCursor } from '#core/alerts/record.ts';
import type { Capture, Head, StoredCapture } from '#core/history/types.ts';
import type { Anchors } from './anchors.ts';
import type { PageItems } from './items.ts';
import { unlessBad } from './refusal.ts';
import { finding, type VerifyDeps, type VerifyEvent } from './types.ts';

/**
 * Compares items that do not follow from documents with the captures, the head and each other. The sums of the store
 * check their bytes.
 */
export async function* verifyStates(
  deps: VerifyDeps,
  pageId: string,
  items: PageItems,
  { head, check, health, cursors }: Anchors,
  captures: ReadonlyMap<string, StoredCapture | null>,
): AsyncGenerator<VerifyEvent> {
  for (const record of items.quarantined) {
    const where = `quarantined capture ${record.captureId}`;
    const capture = captures.get(record.captureId);
    if (capture === undefined) yield finding(pageId, where, 'its capture is missing');
    else if (capture !== null && !isOf(record, capture)) yield finding(pageId, where, 'it differs from its capture');
  }
  if (check === null && ((head ?? null) !== null || (health ?? null) !== null)) {
    yield finding(pageId, 'check', 'it is missing, so the page is never due');
  }
  if (check !== null && check !== undefined) {
    const last = check.lastCaptureId;
    if (last !== null && !captures.has(last))
      yield finding(pageId, 'check', `it names capture ${last}, which is missing`);
    const link = captures.get(last ?? '')?.link ?? check.lastCaptureLink;
    if (link !== check.lastCaptureLink) yield finding(pageId, 'check', `it names another record of capture ${last}`);
    if (Number.isNaN(Date.parse(check.dueAt))) yield finding(pageId, 'check', `it is due at "${check.dueAt}"`);
    if (check.version < 1) yield finding(pageId, 'check', `it has version ${check.version}`);
  }
  // The first judged capture writes it, before the check counts the capture as judged.
  if (health === null && (check?.lastCaptureId ?? null) !== null)
    yield finding(pageId, 'health', 'it is missing, so the health of the page is unknown');
  if (health !== null && health !== undefined) {
    const newest = health.events.at(-1);
    if (newest !== undefined && newest.seq !== health.seq)
      yield finding(pageId, 'health', `its newest event is ${newest.seq}, it counts ${health.seq}`);
  }
  const revisions = Math.max(head?.revision ?? 0, items.head?.revision ?? 0);
  for (const cursor of cursors ?? []) {
    const where = cursorName(cursor.channel);
    if (head !== undefined && cursor.revision > revisions)
      yield finding(
        pageId,
        where,
        `it has passed revision ${cursor.revision} of ${revisions}, so the next one would send no alert`,
      );
    if (health !== undefined && cursor.healthSeq > (health?.seq ?? 0))
      yield finding(
        pageId,
        where,
        `it has passed health event ${cursor.healthSeq} of ${health?.seq ?? 0}, so the next one would send no alert`,
      );
  }
  yield* verifyCursors(deps, pageId, items, { head, check, cursors });
  for (const key of items.alerts.keys()) {
    if (!key.startsWith(`${pageId}/`)) yield finding(pageId, `alert ${key}`, 'it belongs to another page');
  }
}

/** Whether each channel with records has its cursor, which is written before its first record. */
async function* verifyCursors(
  deps: VerifyDeps,
  pageId: string,
  items: PageItems,
  { head, check, cursors }: Pick<Anchors, 'head' | 'check' | 'cursors'>,
): AsyncGenerator<VerifyEvent> {
  if (cursors === undefined) return;
  const isNotified = head !== null && head !== undefined && isNotifiedOf(items, head, check?.retired === true);
  const needed = [...items.channels, ...(isNotified && items.channels.size === 0 ? [null] : [])];
  const isThere = (stored: readonly NotifyCursor[] | undefined, channel: string | null) =>
    stored === undefined || stored.some((one) => channel === null || one.channel === channel);
  for (const channel of needed) {
    if (isThere(cursors, channel)) continue;
    // Read again: the first alerts may have been sent meanwhile.
    const now = await unlessBad(
      () => deps.history.cursors(pageId),
      () => {},
    );
    if (!isThere(now, channel))
      yield finding(pageId, cursorName(channel), 'it is missing, so it is unknown which alerts were sent');
  }
}

const cursorName = (channel: string | null) => (channel === null ? 'cursor' : `cursor of ${channel}`);

/**
 * Whether records that hold for all channels need a cursor. An import that takes the place of unsent revisions records one
 * before there is a cursor; a rebuild or the import of a new page, which leave an untracked page, write the cursor before the head.
 */
function isNotifiedOf(items: PageItems, head: Head, isRetired: boolean): boolean {
  let notified = 0;
  for (let number = 1; number <= head.revision; number += 1) {
    if (items.alerts.has(revisionAlertKey(head.pageId, number, items.shortIdOf(head, number) ?? ''))) notified += 1;
  }
  return notified > 1 || (isRetired && notified > 0);
}

function isOf(
  record: { readonly sha256: string; readonly status: number; readonly fetchedAt: string },
  capture: Capture,
): boolean {
  return record.sha256 === capture.sha256 && record.status === capture.status && record.fetchedAt === capture.fetchedAt;
}
