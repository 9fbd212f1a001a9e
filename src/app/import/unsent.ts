import { revisionAlertKey } from '#core/alerts/key.ts';
import type { Head, RevisionRecord } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';

type Alerts = Pick<HistoryStore, 'cursors' | 'revision' | 'alert' | 'changesOf' | 'recordAlert'>;

/** A revision, and the channels that have not sent its alert. */
interface Pending {
  readonly revision: RevisionRecord;
  readonly channels: readonly (string | null)[];
}

/**
 * Revisions of live checks with unsent alerts (the notifier crashed or is late, or a channel fails). An import must not
 * lose them: when the new history has a revision of the same capture, its alert is left to be sent; otherwise the alert is
 * suppressed with a reason.
 */
export class Unsent {
  readonly #pending: Map<string, Pending>;
  readonly #left: Map<string, Pending>;
  /** By channel: the number, in the new history, of the first revision with an unsent alert. */
  readonly #from = new Map<string | null, number>();

  private constructor(
    pending: readonly Pending[],
    /** The channels of the page; null alone where none has begun. */
    private readonly channels: readonly (string | null)[],
  ) {
    const news = pending.filter(({ revision }) => !revision.technical);
    this.#pending = new Map(news.map((one) => [one.revision.captureId, one]));
    this.#left = new Map(pending.map((one) => [one.revision.id, one]));
  }

  static async of(history: Alerts, present: Head | null): Promise<Unsent> {
    if (present === null) return new Unsent([], [null]);
    const { pageId } = present;
    const stored = await history.cursors(pageId);
    const cursors = stored.length > 0 ? stored : [{ channel: null, revision: 0 }];
    const pending: Pending[] = [];
    const first = Math.min(...cursors.map((cursor) => cursor.revision)) + 1;
    for (let number = first; number <= present.revision; number += 1) {
      const revision = await history.revision(pageId, number);
      if (revision === null) throw new StoredDataError(`Revision ${number} of ${pageId} is missing`);
      const key = revisionAlertKey(pageId, number, revision.id);
      if ((await history.alert(pageId, key, null)) !== null) continue;
      const channels: (string | null)[] = [];
      for (const cursor of cursors) {
        const isHandled = cursor.revision >= number || (await history.alert(pageId, key, cursor.channel)) !== null;
        if (!isHandled) channels.push(cursor.channel);
      }
      if (channels.length > 0) pending.push({ revision, channels });
    }
    const channels = cursors.map(({ channel }) => channel);
    return new Unsent(pending, channels);
  }

  /** For an appended history, which keeps all of them: none is suppressed. */
  keepAll(): void {
    for (const { revision, channels } of this.#left.values()) this.#leave(channels, revision.number);
    this.#left.clear();
  }

  /**
   * The channels that do not send a new revision, null alone for all of them. Where it takes the place of an unsent one,
   * its alert is left to be sent by the others.
   */
  passedBy(made: RevisionRecord): readonly (string | null)[] {
    const before = this.#pending.get(made.captureId);
    if (before === undefined) return [null];
    this.#left.delete(before.revision.id);
    this.#leave(before.channels, made.number);
    return this.channels.filter((channel) => !before.channels.includes(channel));
  }

  /** Records for those without a place in the new history that they are not sent, and why. Before its flip. */
  async suppressRest(history: Alerts, now: string): Promise<void> {
    for (const { revision, channels } of this.#left.values()) {
      const reason = revision.technical ? 'technical' : 'imported';
      const changes = await history.changesOf(revision.pageId, revision.number);
      for (const channel of channels) {
        await history.recordAlert({
          pageId: revision.pageId,
          key: revisionAlertKey(revision.pageId, revision.number, revision.id),
          channel,
          at: now,
          sent: false,
          suppressed: changes.map(({ seq }) => ({ seq, reason })),
          subject: null,
        });
      }
    }
  }

  /** The first revision that a channel is still to send, null where there is none. One that began since may send any. */
  first(channel: string | null): number | null {
    if (this.channels.includes(channel)) return this.#from.get(channel) ?? null;
    return this.#from.size === 0 ? null : Math.min(...this.#from.values());
  }

  #leave(channels: readonly (string | null)[], number: number): void {
    for (const channel of channels) this.#from.set(channel, Math.min(this.#from.get(channel) ?? number, number));
  }
}
