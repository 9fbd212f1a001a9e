import { firstCursor, type NotifyCursor } from '#core/alerts/record.ts';
import type { HealthRecord } from '#core/health/record.ts';
import { captureId } from '#core/history/revision.ts';
import type { Capture, CaptureRef, Head, PageSpec } from '#core/history/types.ts';
import { type CheckState, newCheck, withCapture } from '#core/schedule/check.ts';
import { type LookRef, newerRef } from '#core/schedule/looks.ts';
import { summarize } from '#core/schedule/summary.ts';
import type { HistoryStore } from '../ports.ts';
import type { DerivedStep } from './derive.ts';
import { firstRenumbered } from './renumbered.ts';

type Cursors = Pick<HistoryStore, 'head' | 'cursors' | 'advanceCursor' | 'recordAlert'>;
type Stores = Cursors & Pick<HistoryStore, 'chunks' | 'flipHead' | 'health' | 'flipHealth' | 'check' | 'putCheck'>;

export interface Publication {
  readonly page: PageSpec;
  /** The head that readers see now, and the last step of the history that replaces it. */
  readonly present: Head | null;
  readonly last: DerivedStep;
  /** The last capture in the order of names: those up to it are never judged again. */
  readonly lastCapture: CaptureRef;
  /** Names of the captures that count as judged, where a job of the page may be among them. */
  readonly judged?: ReadonlySet<string>;
  /** The newest looks at the page, those of these captures among them. */
  readonly lastLook: LookRef | null;
  /** Whether these captures decide the page's health. Otherwise later checks have decided it. */
  readonly takeHealth: boolean;
  /** Number of the first revision that a channel is still to send, null where there is none. */
  readonly unsent?: (channel: string | null) => number | null;
  readonly now: string;
}

/**
 * Publishes a derived history by one flip. Suppressed alerts have their records by then (`suppress`), so the notifier may
 * run at any time. No cursor passes an unsent alert of its channel, nor a head that is not flipped yet: a crash in between leaves
 * it where the notifier finds records only. The check counts the captures as judged. After a crash the same work starts again from
 * the captures and ends the same.
 * @throws ConflictError when the page was changed by another worker since `present` was read.
 */
export async function publish(history: Stores, to: Publication): Promise<void> {
  const { page, present, last } = to;
  const head = last.after.baseline?.head ?? null;
  const revision = head?.revision ?? 0;
  const notified = ({ channel }: NotifyCursor) => Math.min(revision, (to.unsent?.(channel) ?? revision + 1) - 1);
  const healthSeqOf = await publishHealth(history, to);
  await moveCursors(history, page.id, (cursor) => ({
    revision: Math.min(cursor.revision, notified(cursor)),
    healthSeq: healthSeqOf(cursor),
  }));
  await publishCheck(history, to, head);
  if (head !== null && head.revisionId !== present?.revisionId) await history.flipHead(head, present);
  await moveCursors(history, page.id, ({ healthSeq, ...cursor }) => ({
    revision: Math.max(cursor.revision, notified({ ...cursor, healthSeq })),
    healthSeq,
  }));
}

/** Returns the last health event of which a channel sends no alert any more, by the channel's cursor. */
async function publishHealth(history: Stores, to: Publication): Promise<(cursor: NotifyCursor) => number> {
  const { page, last, takeHealth } = to;
  const stored = await history.health(page.id);
  const derived = last.after.health;
  const isUpToDate = (cursor: NotifyCursor) => cursor.healthSeq >= (stored?.seq ?? 0);
  const passing = (seq: number) => (cursor: NotifyCursor) => (isUpToDate(cursor) ? seq : cursor.healthSeq);
  if (derived === null || (stored !== null && !takeHealth)) return passing(stored?.seq ?? 0);
  if (stored?.observedAt !== derived.observedAt) {
    await history.flipHealth({ ...derived, version: (stored?.version ?? 0) + 1 }, stored);
  }
  // Events that were seen live are still to be sent. Those of the captures after them are suppressed one by one.
  if (!(await cursorsOf(history, page.id)).every(isUpToDate)) {
    await suppressTransitions(history, to, derived, stored?.seq ?? 0);
  }
  return passing(derived.seq);
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
    await history.recordAlert({ pageId: page.id, key, channel: null, at: now, sent: false, suppressed, subject: null });
  }
}

/** The cursors of a page; where no channel has begun, one that says where each begins, which is not stored yet. */
async function cursorsOf(history: Pick<HistoryStore, 'cursors'>, pageId: string): Promise<NotifyCursor[]> {
  const stored = await history.cursors(pageId);
  return stored.length > 0 ? stored : [{ ...firstCursor(pageId, null, []), version: 0 }];
}

async function moveCursors(
  history: Cursors,
  pageId: string,
  move: (cursor: NotifyCursor) => Pick<NotifyCursor, 'revision' | 'healthSeq'>,
): Promise<void> {
  for (const cursor of await cursorsOf(history, pageId)) {
    const isStored = cursor.version > 0;
    const { revision, healthSeq } = move(cursor);
    if (isStored && cursor.revision === revision && cursor.healthSeq === healthSeq) continue;
    const next = { ...cursor, revision, healthSeq, version: cursor.version + 1 };
    await history.advanceCursor(next, isStored ? cursor : null);
  }
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
      ...(await renumbering(history, before, to, head)),
      ...withCapture(before, to.lastCapture),
      lastCheckedAt: later(before.lastCheckedAt, capture.fetchedAt),
      lastLook: to.lastLook === null ? before.lastLook : newerRef(before.lastLook, to.lastLook),
      lastChangedAt: head?.observedAt ?? before.lastChangedAt,
      summary: summarize(head, await history.health(to.page.id)),
      // The validators of an imported body may be missing or outdated: the server is asked for a whole body.
      ...(isNewest ? { etag: null, lastModified: null, knownSha256: bodyHash(to.last, capture) } : {}),
      version: before.version + 1,
    },
    stored,
  );
}

/** The mark of numbers that mean other revisions after the flip. Before it: a crash in between leaves it without need. */
async function renumbering(
  history: Stores,
  before: CheckState,
  { present, now }: Publication,
  head: Head | null,
): Promise<Pick<CheckState, 'renumbered'>> {
  const from = present === null || head === null ? null : await firstRenumbered(history, present, head);
  if (from === null || present === null) return {};
  const { from: first = from, to: last = 0 } = before.renumbered ?? {};
  return { renumbered: { at: now, from: Math.min(from, first), to: Math.max(present.revision, last) } };
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
