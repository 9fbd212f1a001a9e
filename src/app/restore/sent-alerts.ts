import type { NotifyCursor } from '#core/alerts/record.ts';
import type { Head } from '#core/history/types.ts';
import { UNNUMBERED } from '#core/store-format.ts';
import { isBulletin } from '../bulletins/record.ts';
import { unlessDamaged } from '../errors.ts';
import { Visibility } from '../history/visibility.ts';
import type { HistoryStore } from '../ports.ts';
import type { AlertItem } from './ports.ts';

/** How far the copy's history of a page goes. */
interface Reach {
  readonly pageId: string;
  readonly head: Head | null;
  readonly healthSeq: number;
}

export type Copied = Pick<HistoryStore, 'format' | 'head' | 'health' | 'bulletin' | 'chunks'>;
export type Deployed = Pick<HistoryStore, 'format' | 'cursors' | 'advanceCursor'>;

/**
 * What was said to people cannot be taken back with the table: a record of an alert about something that the copy has,
 * sent or held back after the copy was taken, stays in the restored table, and no alert goes out twice. Everything about
 * later revisions and events goes: a later event will have the same number, and would be taken for one that was sent.
 */
export class SentAlerts {
  readonly #visible: Visibility;
  #reach: Promise<Reach> | null = null;
  #pageId: string | null = null;

  private constructor(
    private readonly copy: Copied,
    /** What another version wrote says nothing that this one can read. */
    private readonly isReadable: boolean,
  ) {
    this.#visible = new Visibility(copy);
  }

  static async of(copy: Copied, table: Pick<Deployed, 'format'>): Promise<SentAlerts> {
    const formatOf = async (store: Pick<Deployed, 'format'>) =>
      (await unlessDamaged(() => store.format(), null)) ?? UNNUMBERED;
    return new SentAlerts(copy, (await formatOf(table)).format === (await formatOf(copy)).format);
  }

  /** Whether an item that only the deployed table has stays there. */
  async stays(alertItem: AlertItem): Promise<boolean> {
    if (!this.isReadable) return false;
    const { head, healthSeq } = await this.#reachOf(alertItem.pageId);
    if (alertItem.kind === 'cursor') return alertItem.channel !== null && (head !== null || healthSeq > 0);
    const rest = alertItem.key.slice(alertItem.pageId.length);
    const revision = /^\/revision\/(\d+)\/([0-9a-f]+)$/.exec(rest);
    if (revision !== null) {
      const number = Number(revision[1]);
      if (head === null || number > head.revision) return false;
      return (await this.#visible.shortIdOf(head, number)) === revision[2];
    }
    const event = /^\/(?:health|message)\/(\d+)$/.exec(rest);
    // That an event was held back says that a mail about several pages names it. The copy may know nothing of that mail.
    return event !== null && alertItem.channel !== null && Number(event[1]) <= healthSeq;
  }

  /** Moves a channel's cursor, that stays, back to where the copy's history ends. */
  async bound(history: Deployed, pageId: string, channel: string | null): Promise<void> {
    const { head, healthSeq } = await this.#reachOf(pageId);
    const stored = (await history.cursors(pageId)).find((one) => one.channel === channel);
    if (stored === undefined) return;
    const next: NotifyCursor = {
      ...stored,
      revision: Math.min(stored.revision, head?.revision ?? 0),
      healthSeq: Math.min(stored.healthSeq, healthSeq),
    };
    if (next.revision === stored.revision && next.healthSeq === stored.healthSeq) return;
    await history.advanceCursor({ ...next, version: stored.version + 1 }, stored);
  }

  /** A table gives the items of a page one after the other: one page is remembered. */
  #reachOf(pageId: string): Promise<Reach> {
    if (this.#reach === null || this.#pageId !== pageId) {
      this.#pageId = pageId;
      this.#reach = this.#find(pageId);
    }
    return this.#reach;
  }

  async #find(pageId: string): Promise<Reach> {
    const { copy } = this;
    if (isBulletin(pageId)) {
      const bulletin = await unlessDamaged(() => copy.bulletin(pageId), null);
      return { pageId, head: null, healthSeq: bulletin?.seq ?? 0 };
    }
    const [head, health] = await Promise.all([
      unlessDamaged(() => copy.head(pageId), null),
      unlessDamaged(() => copy.health(pageId), null),
    ]);
    return { pageId, head, healthSeq: health?.seq ?? 0 };
  }
}
