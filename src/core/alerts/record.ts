/**
 * What `notify` did about one revision or one health event. A channel has a record of each alert that it sent; where
 * nothing is sent, one record holds for all channels.
 */
export interface AlertRecord {
  readonly pageId: string;
  /** The alert's key, which is also that of the record within its channel. */
  readonly key: string;
  /** The channel that it is about, null: every channel. */
  readonly channel: string | null;
  readonly at: string;
  readonly sent: boolean;
  /** One entry a change that was not sent: its `seq` and the reason. */
  readonly suppressed: readonly { readonly seq: number; readonly reason: string }[];
  readonly subject: string | null;
  /** The key of the outage whose mail reports it, where its reason is `grouped`. */
  readonly group?: string;
}

/** How far a channel has come with a page. */
export interface NotifyCursor {
  readonly pageId: string;
  /** Null: where a channel begins that has no cursor yet, as an import or a rebuild left it. */
  readonly channel: string | null;
  readonly revision: number;
  readonly healthSeq: number;
  readonly version: number;
}

/**
 * The cursor of a channel that has none yet: it begins where the page's furthest cursor is, so that a new channel does not
 * get the alerts of years. All channels of a page begin before any of them sends, so that none misses an alert.
 */
export function firstCursor(pageId: string, channel: string | null, cursors: readonly NotifyCursor[]): NotifyCursor {
  const revision = Math.max(0, ...cursors.map((cursor) => cursor.revision));
  const healthSeq = Math.max(0, ...cursors.map((cursor) => cursor.healthSeq));
  return { pageId, channel, revision, healthSeq, version: 1 };
}
