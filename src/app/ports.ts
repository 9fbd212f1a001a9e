import type { AlertRecord, NotifyCursor } from '#core/alerts/record.ts';
import type { Alert } from '#core/alerts/types.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import type { HealthRecord } from '#core/health/record.ts';
import type { RevisionItems } from '#core/history/advance.ts';
import type { Chunk, ChunkAddress } from '#core/history/lineage.ts';
import type {
  CaptureRef,
  ChangeRecord,
  Head,
  PageSpec,
  ParagraphState,
  PastText,
  RevisionPlace,
  RevisionRecord,
  TextMark,
  TimelineEntry,
} from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import type { LookDay } from '#core/schedule/looks.ts';
import type { StoreFormat } from '#core/store-format.ts';
import type { Bulletin } from './bulletins/record.ts';
import type { AddedSeries, StoredSeries } from './series/record.ts';

export interface Listing<T> {
  readonly items: readonly T[];
  /** Opaque position from which the listing continues, or null at the end. */
  readonly next: string | null;
}

/** What names an alert's record within its page. */
export type AlertPlace = Pick<AlertRecord, 'channel' | 'key'>;

export interface Paging {
  readonly limit: number;
  readonly after?: string;
}

export interface TimelineQuery {
  /** Within one page, or across all when absent. */
  readonly pageId?: string;
  /** Inclusive event days, `YYYY-MM-DD` (a prefix such as `2022-01` is allowed). With a bound, undated entries are left out; without, they sort after all others of their page. */
  readonly from?: string;
  readonly to?: string;
  readonly newestFirst?: boolean;
  readonly limit: number;
  readonly after?: string;
}

export interface StatesQuery extends Paging {
  /** One paragraph, or all of the page in the order of their ids when absent. */
  readonly paragraphId?: string;
  /** Only the states of this revision and of those before it; needs `paragraphId`. */
  readonly upTo?: number;
  readonly newestFirst?: boolean;
}

export interface UndatedQuery extends Paging {
  /** Within one page, or across all by page id when absent. */
  readonly pageId?: string;
  /** Across all: from this page id on. */
  readonly fromPage?: string;
}

export interface ChangesQuery {
  readonly pageId?: string;
  /** Observed instants, ISO 8601: `since` inclusive, `until` exclusive. */
  readonly since?: string;
  readonly until?: string;
  readonly newestFirst?: boolean;
  readonly limit: number;
  readonly after?: string;
}

/** What a list of pages holds of each. */
export type ListedCheck = Pick<
  CheckState,
  'page' | 'retired' | 'added' | 'paused' | 'dueAt' | 'lastCheckedAt' | 'summary'
>;

/** A stored value of the history, with what kind of value it is. */
export type StoredRecord =
  | { readonly kind: 'head'; readonly value: Head }
  | { readonly kind: 'revision'; readonly value: RevisionRecord }
  | { readonly kind: 'change'; readonly value: ChangeRecord }
  | { readonly kind: 'state'; readonly value: ParagraphState }
  | { readonly kind: 'entry'; readonly value: TimelineEntry }
  | { readonly kind: 'past'; readonly value: PastText }
  | { readonly kind: 'mark'; readonly value: TextMark }
  | { readonly kind: 'place'; readonly value: RevisionPlace }
  | { readonly kind: 'chunk'; readonly value: Chunk }
  | { readonly kind: 'health'; readonly value: HealthRecord }
  | { readonly kind: 'check'; readonly value: CheckState }
  | { readonly kind: 'looks'; readonly value: LookDay }
  | { readonly kind: 'quarantine'; readonly value: QuarantineRecord }
  | { readonly kind: 'cursor'; readonly value: NotifyCursor }
  | { readonly kind: 'bulletin'; readonly value: Bulletin }
  | { readonly kind: 'alert'; readonly value: AlertRecord };

/** What an audit finds at one place of the store. */
export interface AuditItem {
  /** Its place, for messages: `PAGE#putin-2022-01 HEAD`. */
  readonly where: string;
  /** The page that it belongs to, null where it belongs to none or the page is unclear. */
  readonly pageId: string | null;
  /** The value, null where it is internal to the store, missing or unreadable. */
  readonly record: StoredRecord | null;
  /** What is wrong with its stored form, a line each: empty where it is as it was written. */
  readonly faults: readonly string[];
}

/**
 * The history of all pages. Appended items are invisible until the head that names them is flipped; every flip
 * names the version that it replaces and fails with `ConflictError` when another worker was faster.
 * Instants are ISO 8601 UTC.
 */
export interface HistoryStore {
  /** The format of everything that is stored; null in an empty store, and in one from before formats had numbers. */
  format(): Promise<StoreFormat | null>;
  /** Writes the format of a store that has none. Throws ConflictError if it has one. */
  markFormat(format: StoreFormat): Promise<void>;

  head(pageId: string): Promise<Head | null>;
  heads(pageIds: readonly string[]): Promise<Map<string, Head>>;
  /** Writes items that may already be there: the same call again changes nothing. */
  append(items: { readonly revision: RevisionRecord } & Omit<RevisionItems, 'head'>): Promise<void>;
  /** Replaces the head `expected` (null: none yet) by `next`. Throws ConflictError if the stored head is another. */
  flipHead(next: Head, expected: Head | null): Promise<void>;

  /** Chunks of a page's lineage, as many of them as exist. */
  chunks(pageId: string, addresses: readonly ChunkAddress[]): Promise<Chunk[]>;
  /** Texts that left the page, under one key, newest first; leftovers too. */
  pastTexts(pageId: string, key: string, paging: Paging): Promise<Listing<PastText>>;
  /** States of paragraphs of a page, of each paragraph in the order of the revisions; leftovers too. */
  states(pageId: string, query: StatesQuery): Promise<Listing<ParagraphState>>;
  /** Revisions with a text of this fingerprint, newest first; leftovers too. */
  textMarks(pageId: string, fingerprint: string, paging: Paging): Promise<Listing<TextMark>>;
  /** Revisions whose ids begin with these hex digits, at most `limit`, in the order of their ids; leftovers too. */
  places(pageId: string, idPrefix: string, limit: number): Promise<RevisionPlace[]>;

  health(pageId: string): Promise<HealthRecord | null>;
  flipHealth(next: HealthRecord, expected: HealthRecord | null): Promise<void>;

  check(pageId: string): Promise<CheckState | null>;
  /** The checks of those pages that are tracked, by page id. */
  checksOf(pageIds: readonly string[]): Promise<Map<string, CheckState>>;
  /** Tracked pages by id, retired and paused ones too. `after` and `next` are page ids. A write may take a moment to show. */
  pages(paging: Paging): Promise<Listing<ListedCheck>>;
  /** All tracked pages, retired and paused ones too, in the order of their ids. */
  checks(): Promise<CheckState[]>;
  /** Pages due at `now` (not leased, retired or paused), longest overdue first. */
  due(now: string, limit: number): Promise<CheckState[]>;
  /** Replaces `expected` (null: creates). Throws ConflictError when the stored version differs. */
  putCheck(next: CheckState, expected: CheckState | null): Promise<void>;

  /** All added series, removed ones too, by id. One that cannot be read is among them and stops no other. */
  series(): Promise<StoredSeries[]>;
  /** Replaces the record of a series (null: creates). Throws ConflictError when the stored version differs. */
  putSeries(next: AddedSeries, expected: { readonly version: number } | null): Promise<void>;

  /** Days with looks at a page, between two days (`YYYY-MM-DD`, inclusive), the oldest first. */
  looks(pageId: string, fromDay: string, toDay: string): Promise<LookDay[]>;
  /** Replaces the looks of a day (null: creates). Throws ConflictError when the stored version differs. */
  putLooks(next: LookDay, expected: LookDay | null): Promise<void>;

  quarantine(record: QuarantineRecord): Promise<void>;
  /** The newest first, at most `limit`; those before the capture `after`, where it is given. */
  quarantined(pageId: string, limit: number, after?: string): Promise<QuarantineRecord[]>;

  revision(pageId: string, number: number): Promise<RevisionRecord | null>;
  /** Revisions of the head in order; of a range of numbers, both inclusive, where it is given. */
  revisions(pageId: string, range?: { readonly from: number; readonly to: number }): Promise<RevisionRecord[]>;
  /** Changes of one revision, in order. */
  changesOf(pageId: string, revision: number): Promise<ChangeRecord[]>;
  changes(query: ChangesQuery): Promise<Listing<ChangeRecord>>;
  timeline(query: TimelineQuery): Promise<Listing<TimelineEntry>>;
  /** Timeline entries without an event date, by page id. */
  undated(query: UndatedQuery): Promise<Listing<TimelineEntry>>;

  /** Messages about several pages together, by an id that is no page's; null: nothing yet. */
  bulletin(id: string): Promise<Bulletin | null>;
  /** Replaces `expected` (null: creates). Throws ConflictError when the stored version differs. */
  putBulletin(next: Bulletin, expected: Bulletin | null): Promise<void>;

  /** The notifier's cursors of a page, one a channel, in no order. */
  cursors(pageId: string): Promise<NotifyCursor[]>;
  /** Replaces the cursor of a channel (null: creates). Throws ConflictError when the stored version differs. */
  advanceCursor(next: NotifyCursor, expected: NotifyCursor | null): Promise<void>;
  recordAlert(record: AlertRecord): Promise<void>;
  /** The record of one alert for one channel (null: for every channel), or null when there is none. */
  alert(pageId: string, key: string, channel: string | null): Promise<AlertRecord | null>;
  /** By channel (those of every channel first), then by key; at most `limit`, those behind `after`. Absent: all of them. */
  alerts(pageId: string, limit?: number, after?: AlertPlace): Promise<AlertRecord[]>;

  /**
   * Everything that is stored, leftovers too, each thing once and in no order, with what is wrong with its stored form;
   * then what the store itself should hold and does not. Reads the whole store: for maintenance only.
   */
  audit(): AsyncIterable<AuditItem>;
}

/** Objects that are written once and never changed. Keys are `/`-separated; bytes are stored as given. */
export interface ObjectStore {
  /** Writes if the key is free. True when this call wrote it, false when it was there. */
  putOnce(key: string, bytes: Uint8Array, contentType: string): Promise<boolean>;
  /** Null when there is no such object. */
  get(key: string): Promise<Uint8Array | null>;
  /** Keys under a prefix in byte order, those after `after` only. */
  list(prefix: string, after?: string): AsyncIterable<string>;
}

/** One page is to be fetched. Jobs of one host are done in their order, one at a time. */
export interface FetchJob {
  readonly page: PageSpec;
  readonly dueAt: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly knownSha256: string | null;
  /** Ask for the whole body, without validators. */
  readonly full: boolean;
  /** The newest judged capture: a new one names it as the one before. */
  readonly previous: CaptureRef | null;
  /** From this instant on the page may have been planned again: a worker that still holds the job leaves it. */
  readonly expiresAt: string;
}

/** What one fetch found. It may come more than once, and in any order. */
export type Observation = {
  readonly page: PageSpec;
  readonly dueAt: string;
  readonly observedAt: string;
  readonly full: boolean;
  /** Until then the page's host is to be left alone: its gap, its `Crawl-delay` or its `Retry-After`. Absent: not known. */
  readonly hostFreeAt?: string;
} & (
  | { readonly kind: 'captured'; readonly captureId: string }
  /** `sameAs`: SHA-256 of the bytes that the page still has. */
  | { readonly kind: 'unchanged'; readonly sameAs?: string }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly message: string;
      readonly retryAfterSeconds: number | null;
    }
);

/** Hands messages over. What was accepted is delivered at least once; what was not throws. */
export interface Queue<T> {
  send(message: T): Promise<void>;
}

/** Delivers alerts, at least once each. A delivery that did not happen throws. */
export interface Notifier {
  send(alert: Alert): Promise<void>;
}

/** Where structured log lines go. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}
