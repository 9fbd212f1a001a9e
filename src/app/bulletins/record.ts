import type { Outage } from './outage.ts';

/** A message about more than one page. */
export interface BulletinMessage {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly subject: string;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Messages about the pages of one host, or of all hosts, together. Each channel has a cursor for it, as for a page. */
export interface Bulletin {
  /** In place of a page's id, and never one: it begins with `@`. */
  readonly pageId: string;
  /** Number of the newest message; 0 where there is none. */
  readonly seq: number;
  /** The newest messages, oldest first. */
  readonly messages: readonly BulletinMessage[];
  readonly outages: readonly Outage[];
  /** Of a relayed host of which pages were not relayed for too long: when the last mail said so, and of how many. */
  readonly unrelayed?: { readonly at: string; readonly pages: number };
  /** How many outages there were: names the next one. */
  readonly count: number;
  /** A first check is known since then, and the first round is not over. Of {@link DAYBOOK} alone. */
  readonly roundSince?: string;
  /** A message waits since then until somebody can get it. Of {@link DAYBOOK} alone. */
  readonly waitingSince?: string;
  readonly version: number;
}

/** The bulletin about all pages together. */
export const DAYBOOK = '@daybook';

/** The id of the bulletin of an address's host. */
export function bulletinOf(url: string): string {
  return `@${new URL(url).host}`;
}

export function isBulletin(id: string): boolean {
  return id.startsWith('@');
}
