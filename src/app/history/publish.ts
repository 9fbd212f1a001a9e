import type { NotifyCursor } from '#core/alerts/record.ts';
import type { HealthRecord } from '#core/health/record.ts';
import { captureId } from '#core/history/revision.ts';
import type { Capture, Head, PageSpec } from '#core/history/types.ts';
import { type CheckState, newCheck } from '#core/schedule/check.ts';
import type { HistoryStore } from '../ports.ts';
import type { DerivedStep } from './derive.ts';

type Cursors = Pick<HistoryStore, 'head' | 'cursor' | 'advanceCursor' | 'recordAlert'>;
type Stores = Cursors & Pick<HistoryStore, 'flipHead' | 'health' | 'flipHealth' | 'check' | 'putCheck'>;

export interface Publication {
  readonly page: PageSpec;
  /** The head that readers see now, and the last step of the history that replaces it. */
  readonly present: Head | null;
  readonly last: DerivedStep;
  /** Name of the last capture in the order of names: those up to it are never judged again. */
  readonly lastCaptureId: string;
  /** Names of the captures that count as judged, where a job of the page may be among them. */
  readonly judged?: ReadonlySet<string>;
  /** Whether these captures decide the page's health. Otherwise later checks have decided it. */
  readonly takeHealth: boolean;
  /** Number of the first revision that people are still to be notified of, if any. */
  readonly unsent?: number | null;
  readonly now: string;
}

/**
 * Publishes a derived history by one flip. Suppressed alerts have their records by then (`suppress`), so the notifier may
 * run at any time. Its cursor never passes an unsent alert, nor a head that is not flipped yet: a crash in between leaves
 * it where it finds records only. The check counts the captures as judged. After a crash the same work starts again from
 * the captures and ends the same.
 * @throws ConflictError when the page was changed by another worker since `present` was read.
 */
export async function publish(history: Stores, to: Publication): Promise<void> {
  const { page, present, last } = to;
  const head = last.after.baseline?.head ?? null;
  const revision = head?.revision ?? 0;
  const notified = to.unsent == null ? revision : Math.min(revision, to.unsent - 1);
  const healthSeq = await publishHealth(history, to);
  await moveCursor(history, page.id, (cursor) => ({ revision: Math.min(cursor.revision, notified), healthSeq }));
  await publishCheck(history, to, head);
  if (head !== null && head.revisionId !== present?.revisionId) await history.flipHead(head, present);
  await moveCursor(history, page.id, (cursor) => ({ ...cursor, revision: Math.max(cursor.revision, notified) }));
}

/** Returns the number of the last health event that sends no alert. */
async function publishHealth(history: Stores, to: Publication): Promise<number> {
  const { page, last, takeHealth } = to;
  const stored = await history.health(page.id);
  const derived = last.after.health;
  const notified = (await history.cursor(page.id))?.healthSeq ?? 0;
  const isUpToDate = stored === null || notified >= stored.seq;
  if (derived === null || (stored !== null && !takeHealth)) return isUpToDate ? (stored?.seq ?? 0) : notified;
  if (stored?.observedAt !== derived.observedAt) {
    await history.flipHealth({ ...derived, version: (stored?.version ?? 0) + 1 }, stored);
  }
  if (isUpToDate) return derived.seq;
  // Events that were seen live are still to be sent. Those of the captures after them are suppressed one by one.
  await suppressTransitions(history, to, derived, stored.seq);
  return notified;
}

async function suppressTransitions(
  history: Cursors,
  { page, now }: Publication,
  { events }: HealthRecord,
  after: number,
): Promise<void> {
  for (const { seq } of events) {
    if (seq <= after) continue;
    const suppressed = [{ seq, reason: 'imported' }];
    const key = `${page.id}/health/${seq}`;
    await history.recordAlert({ pageId: page.id, key, at: now, sent: false, suppressed, subject: null });
  }
}

async function moveCursor(
  history: Cursors,
  pageId: string,
  move: (cursor: Omit<NotifyCursor, 'version'>) => Omit<NotifyCursor, 'version'>,
): Promise<void> {
  const cursor = await history.cursor(pageId);
  const { revision, healthSeq } = move(cursor ?? { revision: 0, healthSeq: 0 });
  if (cursor?.revision === revision && cursor.healthSeq === healthSeq) return;
  await history.advanceCursor(pageId, { revision, healthSeq, version: (cursor?.version ?? 0) + 1 }, cursor);
}

/** A page that is not tracked yet is stored as readable and never due: tracking it is another decision. */
async function publishCheck(history: Stores, to: Publication, head: Head | null): Promise<void> {
  const stored = await history.check(to.page.id);
  const { capture } = to.last;
  const { importing: _, ...before }: CheckState = stored ?? { ...newCheck(to.page, to.now), retired: true };
  const isNewest = before.lastCheckedAt === null || capture.fetchedAt > before.lastCheckedAt;
  await history.putCheck(
    {
      ...before,
      ...nextJob(before, to),
      lastCaptureId: later(before.lastCaptureId, to.lastCaptureId),
      lastCheckedAt: later(before.lastCheckedAt, capture.fetchedAt),
      lastChangedAt: head?.observedAt ?? before.lastChangedAt,
      // The validators of an imported body may be missing or outdated: the server is asked for a whole body.
      ...(isNewest ? { etag: null, lastModified: null, knownSha256: bodyHash(to.last, capture) } : {}),
      version: before.version + 1,
    },
    stored,
  );
}

/**
 * The job that the page waits for is done when its capture is among the judged ones: otherwise it would be judged
 * twice. The next job gets a name that no capture has.
 */
function nextJob(
  { dueAt }: CheckState,
  { judged, now }: Publication,
): Pick<CheckState, 'dueAt' | 'leasedUntil'> | null {
  if (judged?.has(captureId(dueAt)) !== true) return null;
  let next = now;
  while (judged.has(captureId(next))) next = new Date(Date.parse(next) + 1).toISOString();
  return { dueAt: next, leasedUntil: null };
}

function bodyHash(last: DerivedStep, capture: Capture): string | null {
  return last.outcome === 'quarantined' ? null : capture.sha256;
}

function later(a: string | null, b: string): string {
  return a === null || b > a ? b : a;
}
