import type { HealthPolicy } from '#core/health/step.ts';
import type { Head } from '#core/history/types.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';

export interface ImportDeps {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly parser: string;
  /** Null: a capture that looks wrong is believed only if a note exists that it was believed, as in a rebuild. */
  readonly policy: HealthPolicy | null;
  readonly now: () => Date;
}

/** An answer that somebody else fetched. */
export interface ForeignCapture {
  /** The name that it had in another Daybook, or null: named by its time then. */
  readonly id: string | null;
  readonly url: string;
  readonly finalUrl: string;
  readonly fetchedAt: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The page rolls: kept in the record, for that decides how it is judged. */
  readonly rolling?: true;
  /** It looked wrong and was believed where it was seen: a note is written here, too. */
  readonly accepted?: boolean;
}

/** One capture that a web archive has of a page. */
export interface ArchivedCapture {
  /** The archive's own name of the instant, `YYYYMMDDhhmmss`. */
  readonly timestamp: string;
  /** The same, ISO 8601. */
  readonly at: string;
  /** The address as the archive has it. */
  readonly url: string;
  /** What the archive names its bytes by (mostly SHA-1 in base 32), null where it has none. */
  readonly digest: string | null;
}

/** Event of an archive's listing: digits of the first and the last instant, as many as are given (`202201`). */
export interface ArchivePeriod {
  readonly from: string | null;
  readonly to: string | null;
}

/** A web archive that can be asked for what it has of a page, and for the bytes of it. */
export interface WebArchive {
  /** Captures with an answer of their own, oldest first. @throws PageError when the archive does not answer. */
  list(url: string, period: ArchivePeriod): AsyncIterable<ArchivedCapture>;
  /** The raw answer as the archive received it, or why it cannot be had. */
  get(capture: ArchivedCapture): Promise<ForeignCapture | { readonly skipped: string }>;
}

/** What an import will do with a page's captures, to be printed before it is done. */
export interface ImportPlan {
  readonly pageId: string;
  /**
   * `first`: the page has no history yet. `append`: all new captures are later than the judged ones. `remake`: some are
   * older, so the history is made again, in order.
   */
  readonly mode: 'first' | 'append' | 'remake';
  /** How many captures will be judged. */
  readonly captures: number;
  readonly from: string | null;
  readonly to: string | null;
  /** Revisions that the page has now. */
  readonly revisions: number;
}

/** How far the import has come. */
export interface ImportProgress {
  readonly done: number;
  readonly revisions: number;
  readonly changes: number;
  readonly quarantined: number;
  /** The head afterwards; set with the last progress. */
  readonly head: Head | null;
}
