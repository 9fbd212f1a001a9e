import type { AlertRecord } from '#core/alerts/record.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import type { ChangeRecord, RevisionRecord } from '#core/history/types.ts';
import type { HistoryStore, Listing, ObjectStore, Paging } from '../ports.ts';
import { readChanges } from './changes.ts';
import { type CoverageDay, type CoverageRequest, readCoverage } from './coverage.ts';
import { readDiff } from './diff.ts';
import { readLife } from './life.ts';
import { findPage, listPages, namesOf } from './pages.ts';
import { readAlerts, readQuarantine } from './records.ts';
import { findRevision, listRevisions, readChangesOf, readRevision } from './revisions.ts';
import { listSeries } from './series.ts';
import { readTimeline } from './timeline.ts';
import type {
  ChangesRequest,
  FoundRevision,
  ListedPage,
  ListedSeries,
  PageHealth,
  PageSummary,
  ParagraphLife,
  RevisionDiff,
  RevisionSelector,
  RevisionsRequest,
  RevisionView,
  TimelineItem,
  TimelineRequest,
} from './types.ts';

export type { CoverageDay } from './coverage.ts';
export { NotFoundError, RevisionError } from './errors.ts';
export { isAlias, readSelector } from './selector.ts';
export { showsMentions } from './timeline.ts';
export type * from './types.ts';

export interface ReaderDependencies {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  /** The current instant, ISO 8601 UTC: shows which checks are late, and the end of a timeline without `asOf`. */
  readonly now: () => string;
}

/**
 * Everything that can be asked of the stored history, read-only. What no head names is never seen: leftovers of
 * attempts that died, and items of a revision that is being added. Methods that name a page throw NotFoundError
 * when it is not tracked; a listing continues from `next` and is complete when that is null.
 */
export interface Reader {
  /** Tracked pages by id, as they were when their last check was recorded. */
  pages(paging: Paging): Promise<Listing<ListedPage>>;
  /** The series that commands added, removed ones too, by id. */
  series(paging: Paging): Promise<Listing<ListedSeries>>;
  /** The names that pages are shown by, each id's own where there is none. */
  names(pageIds: readonly string[]): Promise<Map<string, string>>;
  page(pageId: string): Promise<PageSummary>;
  timeline(request: TimelineRequest): Promise<Listing<TimelineItem>>;
  changes(request: ChangesRequest): Promise<Listing<ChangeRecord>>;
  /** Revisions by number; `next` is the number of the last one. */
  revisions(pageId: string, request: RevisionsRequest): Promise<Listing<RevisionRecord>>;
  revision(pageId: string, selector: RevisionSelector): Promise<RevisionView>;
  /** The record alone of a revision: its id is its permanent address. */
  find(pageId: string, selector: RevisionSelector): Promise<FoundRevision>;
  changesOf(pageId: string, selector: RevisionSelector): Promise<ChangeRecord[]>;
  /** A paragraph through its time, up to an observed instant (absent: now). */
  life(pageId: string, paragraphId: string, asOf?: string): Promise<ParagraphLife>;
  diff(pageId: string, from: RevisionSelector, to: RevisionSelector): Promise<RevisionDiff>;
  health(pageId: string): Promise<PageHealth>;
  /** When a page was looked at and what was found, day by day, the oldest first. */
  coverage(pageId: string, request: CoverageRequest): Promise<Listing<CoverageDay>>;
  /** Quarantined captures, newest first. */
  quarantine(pageId: string, paging: Paging): Promise<Listing<QuarantineRecord>>;
  /** What was sent, channel by channel, and why the rest was not. */
  alerts(pageId: string, paging: Paging): Promise<Listing<AlertRecord>>;
}

/** Composes the reader over its ports. Keeps nothing between calls. */
export function createReader({ history, objects, now }: ReaderDependencies): Reader {
  return {
    pages: (paging) => listPages(history, paging, now),
    series: (paging) => listSeries(history, paging),
    names: (pageIds) => namesOf(history, pageIds),
    page: (pageId) => findPage(history, pageId, now),
    timeline: (request) => readTimeline(history, request, now),
    changes: (request) => readChanges(history, request),
    revisions: (pageId, request) => listRevisions(history, pageId, request),
    revision: (pageId, selector) => readRevision(history, objects, pageId, selector),
    find: (pageId, selector) => findRevision(history, pageId, selector),
    changesOf: (pageId, selector) => readChangesOf(history, pageId, selector),
    life: (pageId, paragraphId, asOf) => readLife(history, pageId, paragraphId, asOf),
    diff: (pageId, from, to) => readDiff(history, objects, pageId, from, to),
    health: async (pageId) => (await findPage(history, pageId, now)).health,
    coverage: (pageId, request) => readCoverage(history, pageId, request, now),
    quarantine: (pageId, paging) => readQuarantine(history, pageId, paging),
    alerts: (pageId, paging) => readAlerts(history, pageId, paging),
  };
}
