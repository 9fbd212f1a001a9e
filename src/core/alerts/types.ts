/** One message for people and programs. It is sent at least once; a repeated one has the same `key`. */
export interface Alert {
  /** Stable over retries, e.g. `putin-2022-01/revision/7`. */
  readonly key: string;
  readonly topic: 'news' | 'health';
  readonly pageId: string;
  /** Printable ASCII, at most 100 characters: what SNS accepts. */
  readonly subject: string;
  /** Plain text for people, without control characters. */
  readonly text: string;
  /** The same for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}
