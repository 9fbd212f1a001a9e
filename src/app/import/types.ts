import type { ForeignAnswer } from '#core/evidence/warc-read.ts';
import type { HealthPolicy } from '#core/health/step.ts';
import type { Head } from '#core/history/types.ts';
import type { Unwatched } from '../notify/suppress.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';

export interface ImportDeps {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly parser: string;
  /** Null: a suspect capture is accepted only if it has an acceptance note, as in a rebuild. */
  readonly policy: HealthPolicy | null;
  readonly now: () => Date;
  /** Why its revisions send no alert; absent: they are imported. */
  readonly reason?: Unwatched;
}

/** A capture to import. */
export interface ForeignCapture extends ForeignAnswer {
  /** Its id in another Daybook, or null: its time then gives the id. */
  readonly id: string | null;
  /** It looked wrong and was accepted where it was fetched, so an acceptance note is written here too. */
  readonly accepted?: boolean;
}

/** One capture of a page in a web archive. */
export interface ArchivedCapture {
  /** The archive's form of the instant, `YYYYMMDDhhmmss`. */
  readonly timestamp: string;
  /** The same, ISO 8601. */
  readonly at: string;
  /** The address in the archive's listing. */
  readonly url: string;
  /** The archive's digest of the bytes (mostly SHA-1 in base 32), null without one. */
  readonly digest: string | null;
}

/** Bounds of an archive's listing: leading digits of the first and the last instant (`202201`). */
export interface ArchivePeriod {
  readonly from: string | null;
  readonly to: string | null;
}

/** A web archive: lists the captures of a page and returns their bytes. */
export interface WebArchive {
  /** Captures with a stored answer, oldest first. @throws PageError when the archive does not answer. */
  list(url: string, period: ArchivePeriod): AsyncIterable<ArchivedCapture>;
  /** The raw answer as the archive received it, or why it is not available. */
  get(capture: ArchivedCapture): Promise<ForeignCapture | { readonly skipped: string }>;
}

/** What an import will do with a page's captures, for printing in advance. */
export interface ImportPlan {
  readonly pageId: string;
  /**
   * `first`: the page has no history yet. `append`: all new captures are later than the judged ones. `remake`: some are
   * older, so the history is rebuilt, in order.
   */
  readonly mode: 'first' | 'append' | 'remake';
  /** How many captures will be judged. */
  readonly captures: number;
  readonly from: string | null;
  readonly to: string | null;
  /** Revisions that the page has now. */
  readonly revisions: number;
}

/** Progress of an import. */
export interface ImportProgress {
  readonly done: number;
  readonly revisions: number;
  readonly changes: number;
  readonly quarantined: number;
  /** The head afterwards; set with the last progress. */
  readonly head: Head | null;
}
