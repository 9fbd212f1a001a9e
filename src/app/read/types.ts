import type { Change, ChangeKind } from '#core/diff/types.ts';
import type { HealthEvent } from '#core/health/record.ts';
import type { HealthState } from '#core/health/types.ts';
import type { Life } from '#core/history/life.ts';
import type { PageSpec, RevisionRecord, Sight, TimelineEntry } from '#core/history/types.ts';
import type { StoredText } from '../objects/stored-text.ts';

/** The health of a page, as lists show it. Instants are ISO 8601 UTC. */
export interface HealthSummary {
  readonly pageId: string;
  /** `unknown` until the first check was judged. */
  readonly state: HealthState['state'] | 'unknown';
  readonly reason: string | null;
  readonly since: string | null;
  readonly lastCheckedAt: string | null;
  readonly nextCheckAt: string | null;
  /** Checks have stopped: the next one is late by more than three intervals. Never true of a retired or paused page. */
  readonly overdue: boolean;
}

/** The health of one page. */
export interface PageHealth extends HealthSummary {
  readonly detail: string | null;
  /** The newest events, oldest first. */
  readonly events: readonly HealthEvent[];
}

/** A page in a list. Everything about its history is null before the first revision. */
export interface ListedPage extends PageSpec {
  /** In a list at most 80 characters of it. */
  readonly title: string | null;
  readonly period: string | null;
  /** No longer watched; its history stays readable. */
  readonly retired: boolean;
  /** Not asked for until it is resumed; its history stays readable. */
  readonly paused: boolean;
  /** What makes the page tracked: the configuration, or the command that added it or its series. Null for a retired page. */
  readonly source: 'config' | 'added' | null;
  /** How many revisions there are; the newest has this number. */
  readonly revisions: number;
  readonly paragraphs: number;
  readonly firstObservedAt: string | null;
  /** When the newest revision was observed. */
  readonly lastChangedAt: string | null;
  readonly oldestDate: string | null;
  readonly newestDate: string | null;
  readonly health: HealthSummary;
}

/** A series that a command added. All but its id is null where its record cannot be read. */
export interface ListedSeries {
  readonly id: string;
  readonly state: 'tracked' | 'paused' | 'removed' | 'unreadable';
  /** Why it cannot be read, null where it can. */
  readonly fault: string | null;
  readonly pattern: string | null;
  readonly name: string | null;
  /** First and last month, `YYYY-MM`; no last month is null. */
  readonly from: string | null;
  readonly until: string | null;
  /** Id of the page that links to its members. */
  readonly hub: string | null;
}

/** One page without its text. */
export interface PageSummary extends ListedPage {
  readonly health: PageHealth;
}

/** One paragraph under one day that it reports, as the pages had it at the asked-for time. */
export interface TimelineItem extends TimelineEntry {
  /** The day is the paragraph's event date. False: it only mentions the day. */
  readonly main: boolean;
}

/** A revision that shows something, with the bytes that it was read from. */
export interface Proof extends Sight {
  readonly revisionId: string;
  readonly captureId: string;
  readonly sha256: string;
}

export interface ParagraphLife extends Omit<Life, 'firstSeen' | 'lastChanged'> {
  readonly firstSeen: Proof;
  readonly lastChanged: Proof;
  /** The newest revision that has the paragraph: where it is, or where it was last. */
  readonly place: Proof;
}

export interface TimelineRequest {
  readonly page?: string;
  /** Inclusive event dates: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly from?: string;
  readonly to?: string;
  /** Observed instant, inclusive: the pages as they were then. Absent: as they are now. */
  readonly asOf?: string;
  /** Also under days that paragraphs only mention as those of an event. Absent: true of a single day, else false. */
  readonly mentions?: boolean;
  /** Also removed paragraphs (`present: false`). */
  readonly includeRemoved?: boolean;
  /** Only the paragraphs without an event date. Excludes `from` and `to`. */
  readonly undated?: boolean;
  readonly newestFirst?: boolean;
  readonly limit: number;
  readonly after?: string;
}

export interface ChangesRequest {
  readonly page?: string;
  /** Observed instants, ISO 8601 UTC: `since` inclusive, `until` exclusive. */
  readonly since?: string;
  readonly until?: string;
  readonly kinds?: readonly ChangeKind[];
  /** True: only late additions. False: only the others. */
  readonly late?: boolean;
  readonly newestFirst?: boolean;
  readonly limit: number;
  readonly after?: string;
}

export interface RevisionsRequest {
  readonly newestFirst?: boolean;
  readonly limit: number;
  /** The number of the last revision of the part before, `next` of it. */
  readonly after?: number;
}

/**
 * Which revision is meant: its number, the newest, the newest at an observed instant, or the one whose id begins so (at
 * least 8 hex digits).
 */
export type RevisionSelector = number | 'latest' | { readonly asOf: string } | { readonly id: string };

export interface FoundRevision {
  readonly record: RevisionRecord;
  /** When an import renumbered the page, so that this number may have meant another revision before; or null. */
  readonly renumberedAt: string | null;
}

export interface RevisionView extends FoundRevision {
  readonly text: StoredText;
  /** Number of the page's newest revision. */
  readonly latest: number;
  /** Id of the next revision, and of the earlier one that it reverted to. */
  readonly next: string | null;
  readonly revertedToId: string | null;
}

/** What changed from one revision to any other of the same page. */
export interface RevisionDiff {
  readonly from: RevisionRecord;
  readonly to: RevisionRecord;
  readonly changes: readonly Change[];
  /** When an import renumbered one of the two, see `FoundRevision`. */
  readonly renumberedAt: string | null;
}
