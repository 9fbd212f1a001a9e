/** What `notify` did about one revision or one health event. */
export interface AlertRecord {
  readonly pageId: string;
  /** The alert's key, which is also that of the record. */
  readonly key: string;
  readonly at: string;
  readonly sent: boolean;
  /** One entry a change that was not sent: its `seq` and the reason. */
  readonly suppressed: readonly { readonly seq: number; readonly reason: string }[];
  readonly subject: string | null;
}

/** How far `notify` has come with a page. */
export interface NotifyCursor {
  readonly revision: number;
  readonly healthSeq: number;
  readonly version: number;
}
