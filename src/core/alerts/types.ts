/** One message to people and machines. Delivered at least once; a repetition has the same `key`. */
export interface Alert {
  /** Stable over retries, e.g. `putin-2022-01/revision/7`. */
  readonly key: string;
  readonly topic: 'news' | 'health';
  readonly pageId: string;
  /** Printable ASCII, at most 100 characters: what SNS accepts. */
  readonly subject: string;
  /** Plain text for people, control characters dropped. */
  readonly text: string;
  /** The same for machines. */
  readonly data: Readonly<Record<string, unknown>>;
}
