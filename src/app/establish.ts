import { isVisible } from '#core/history/lineage.ts';
import type { Capture, Head, PageSpec } from '#core/history/types.ts';
import type { DerivedStep } from './derive.ts';
import { newCheck } from './plan.ts';
import type { CheckState, HistoryStore } from './ports.ts';

/** Why a revision that was not watched live alerts nobody. Stable: it is stored with every change. */
export type Unwatched = 'imported' | 'rebuilt';

type Cursors = Pick<HistoryStore, 'head' | 'cursor' | 'advanceCursor' | 'recordAlert'>;
type Stores = Cursors & Pick<HistoryStore, 'flipHead' | 'health' | 'flipHealth' | 'check' | 'putCheck'>;

/**
 * Records of every change of a revision that it was not sent, and why. A revision that the present history holds was
 * told when it was seen: its record stays.
 */
export async function withhold(
  history: Pick<HistoryStore, 'recordAlert'>,
  present: Head | null,
  { revision, changes }: DerivedStep,
  reason: Unwatched,
  now: string,
): Promise<void> {
  if (revision === null || isVisible(present, { revision: revision.number, revisionId: revision.id })) return;
  await history.recordAlert({
    pageId: revision.pageId,
    key: `${revision.pageId}/revision/${revision.number}/${revision.id.slice(0, 8)}`,
    at: now,
    sent: false,
    withheld: changes.map((change) => ({ seq: change.seq, reason })),
    subject: null,
  });
}

export interface Establish {
  readonly page: PageSpec;
  /** The history that stands now, and the last step of the one that takes its place. */
  readonly present: Head | null;
  readonly last: DerivedStep;
  /** Name of the last capture in the order of names: those up to it are never judged again. */
  readonly lastCaptureId: string;
  /** Whether the page's health follows from these captures, or what later checks found stands. */
  readonly takeHealth: boolean;
  readonly now: string;
}

/**
 * Makes a derived history the truth, by one flip. What would act on the flip is told before it: the notifier's cursor
 * stands behind the last revision, so that nobody is alerted, and the check counts the captures as judged. Ended
 * anywhere, it is done again from the captures and ends the same.
 * @throws ConflictError when the page was changed by another worker since `present` was read.
 */
export async function establish(history: Stores, to: Establish): Promise<void> {
  const { page, present, last } = to;
  const head = last.after.known?.head ?? null;
  const health = await settleHealth(history, to);
  const revision = head?.revision ?? 0;
  await moveCursor(history, page.id, { revision: Math.max(revision, present?.revision ?? 0), healthSeq: health });
  await settleCheck(history, to, head);
  if (head !== null && head.lineage !== present?.lineage) await history.flipHead(head, present);
  await moveCursor(history, page.id, { revision, healthSeq: health });
}

/** Returns the number of the newest turn of health. */
async function settleHealth(history: Stores, { page, last, takeHealth }: Establish): Promise<number> {
  const stored = await history.health(page.id);
  const derived = last.after.health;
  if (derived === null || (stored !== null && !takeHealth)) return stored?.seq ?? 0;
  if (stored?.observedAt !== derived.observedAt) {
    await history.flipHealth({ ...derived, version: (stored?.version ?? 0) + 1 }, stored);
  }
  return derived.seq;
}

async function moveCursor(
  history: Cursors,
  pageId: string,
  to: { readonly revision: number; readonly healthSeq: number },
): Promise<void> {
  const cursor = await history.cursor(pageId);
  if (cursor?.revision === to.revision && cursor.healthSeq === to.healthSeq) return;
  await history.advanceCursor(pageId, { ...to, version: (cursor?.version ?? 0) + 1 }, cursor);
}

/** A page that nobody tracks yet is kept as one that is readable and never due: tracking it is another decision. */
async function settleCheck(history: Stores, to: Establish, head: Head | null): Promise<void> {
  const stored = await history.check(to.page.id);
  const { capture } = to.last;
  const before: CheckState = stored ?? { ...newCheck(to.page, to.now), retired: true };
  const isNewest = before.lastCheckedAt === null || capture.fetchedAt > before.lastCheckedAt;
  await history.putCheck(
    {
      ...before,
      lastCaptureId: later(before.lastCaptureId, to.lastCaptureId),
      lastCheckedAt: later(before.lastCheckedAt, capture.fetchedAt),
      lastChangedAt: head?.observedAt ?? before.lastChangedAt,
      // What the server is asked by next time must be known of the last body: it is asked for a whole one.
      ...(isNewest ? { etag: null, lastModified: null, knownSha256: knownBody(to.last, capture) } : {}),
      version: before.version + 1,
    },
    stored,
  );
}

function knownBody(last: DerivedStep, capture: Capture): string | null {
  return last.outcome === 'quarantined' ? null : capture.sha256;
}

function later(a: string | null, b: string): string {
  return a === null || b > a ? b : a;
}
