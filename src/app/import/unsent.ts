import { revisionAlertKey } from '#core/alerts/key.ts';
import type { Head, RevisionRecord } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';

type Alerts = Pick<HistoryStore, 'cursor' | 'revision' | 'alert' | 'changesOf' | 'recordAlert'>;

/**
 * Revisions that were seen live and of which nobody was told yet (a notifier that died, or has not come to it). An
 * import must not pass over them: where a history that is made anew has a revision of the same capture, that one is
 * left to be told; where it has none, what is not told gets a reason.
 */
export class Unsent {
  readonly #pending: Map<string, RevisionRecord>;
  readonly #left: Map<string, RevisionRecord>;
  /** Number, in the history that is made, of the first revision that is to be told. */
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

  /** They stand in the history that goes on: none is passed over. */
  keepAll(): void {
    for (const { number } of this.#left.values()) this.#toldFrom(number);
    this.#left.clear();
  }

  /** Whether a revision that was made is left to be told, in the place of one that was. */
  takes(made: RevisionRecord): boolean {
    const before = this.#pending.get(made.captureId);
    if (before === undefined) return false;
    this.#left.delete(before.id);
    this.#toldFrom(made.number);
    return true;
  }

  /** Records of those that have no place in the new history that they were not sent, and why. Before its flip. */
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

  #toldFrom(number: number): void {
    this.from = this.from === null ? number : Math.min(this.from, number);
  }
}
