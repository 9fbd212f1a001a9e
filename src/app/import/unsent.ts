import { revisionAlertKey } from '#core/alerts/key.ts';
import type { Head, RevisionRecord } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';

type Alerts = Pick<HistoryStore, 'cursor' | 'revision' | 'alert' | 'changesOf' | 'recordAlert'>;

/**
 * Revisions of live checks with unsent alerts (the notifier crashed, or is late). An import must not
 * lose them: when the new history has a revision of the same capture, its alert is left to be sent; otherwise the alert is
 * suppressed with a reason.
 */
export class Unsent {
  readonly #pending: Map<string, RevisionRecord>;
  readonly #left: Map<string, RevisionRecord>;
  /** Number, in the new history, of the first revision with an unsent alert. */
  from: number | null = null;

  private constructor(pending: readonly RevisionRecord[]) {
    this.#pending = new Map(pending.filter(({ technical }) => !technical).map((one) => [one.captureId, one]));
    this.#left = new Map(pending.map((one) => [one.id, one]));
  }

  static async of(history: Alerts, present: Head | null): Promise<Unsent> {
    const pending: RevisionRecord[] = [];
    const cursor = present === null ? null : await history.cursor(present.pageId);
    for (let number = (cursor?.revision ?? 0) + 1; present !== null && number <= present.revision; number += 1) {
      const revision = await history.revision(present.pageId, number);
      if (revision === null) throw new StoredDataError(`Revision ${number} of ${present.pageId} is missing`);
      if (
        (await history.alert(revision.pageId, revisionAlertKey(revision.pageId, revision.number, revision.id))) === null
      )
        pending.push(revision);
    }
    return new Unsent(pending);
  }

  /** For an appended history, which keeps all of them: none is suppressed. */
  keepAll(): void {
    for (const { number } of this.#left.values()) this.#leaveFrom(number);
    this.#left.clear();
  }

  /** Whether a new revision takes the place of an unsent one: then its alert is left to be sent. */
  takes(made: RevisionRecord): boolean {
    const before = this.#pending.get(made.captureId);
    if (before === undefined) return false;
    this.#left.delete(before.id);
    this.#leaveFrom(made.number);
    return true;
  }

  /** Records for those without a place in the new history that they are not sent, and why. Before its flip. */
  async suppressRest(history: Alerts, now: string): Promise<void> {
    for (const revision of this.#left.values()) {
      const reason = revision.technical ? 'technical' : 'imported';
      const changes = await history.changesOf(revision.pageId, revision.number);
      await history.recordAlert({
        pageId: revision.pageId,
        key: revisionAlertKey(revision.pageId, revision.number, revision.id),
        at: now,
        sent: false,
        suppressed: changes.map(({ seq }) => ({ seq, reason })),
        subject: null,
      });
    }
  }

  #leaveFrom(number: number): void {
    this.from = this.from === null ? number : Math.min(this.from, number);
  }
}
