import { firstCursor, type NotifyCursor } from '#core/alerts/record.ts';
import type { Alert } from '#core/alerts/types.ts';
import type { HistoryStore, Notifier } from '../ports.ts';

/** Notifiers by the names of their channels. Names are stored with what was sent: a renamed channel is a new one. */
export type Channels = Readonly<Record<string, Notifier>>;

type Cursors = Pick<HistoryStore, 'cursors' | 'advanceCursor'>;

/** One channel and how far it has come with a page. Its first failure ends its work, and that of no other channel. */
export class ChannelRun {
  /** Null while it works. */
  failure: { readonly error: unknown } | null = null;

  constructor(
    private readonly history: Pick<HistoryStore, 'advanceCursor'>,
    readonly channel: string,
    private readonly notifier: Notifier,
    private cursor: NotifyCursor,
  ) {}

  isWaitingFor({ revision = 0, healthSeq = 0 }: Partial<NotifyCursor>): boolean {
    return this.failure === null && (this.cursor.revision < revision || this.cursor.healthSeq < healthSeq);
  }

  get revision(): number {
    return this.cursor.revision;
  }

  send(alert: Alert): Promise<void> {
    return this.notifier.send(alert);
  }

  async advance(step: Pick<NotifyCursor, 'revision'> | Pick<NotifyCursor, 'healthSeq'>): Promise<void> {
    const next = { ...this.cursor, ...step, version: this.cursor.version + 1 };
    await this.history.advanceCursor(next, this.cursor);
    this.cursor = next;
  }

  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.failure = { error };
    }
  }
}

/** The channels with their cursors of a page. Those that are missing are stored before any channel sends. */
export async function beginChannels(history: Cursors, channels: Channels, pageId: string): Promise<ChannelRun[]> {
  const stored = await history.cursors(pageId);
  const runs: ChannelRun[] = [];
  for (const [channel, notifier] of Object.entries(channels)) {
    let cursor = stored.find((one) => one.channel === channel);
    if (cursor === undefined) {
      cursor = firstCursor(pageId, channel, stored);
      await history.advanceCursor(cursor, null);
    }
    runs.push(new ChannelRun(history, channel, notifier, cursor));
  }
  return runs;
}
