import { earlier, later } from '../dates/calendar.ts';
import { newestDate } from '../diff/index.ts';
import type { Change, Paragraph } from '../diff/types.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { extendLineage } from './lineage.ts';
import { daysBetween } from './timeline.ts';
import type { Capture, ChangeRecord, Head, PageSpec, RevisionDocument, RevisionRecord } from './types.ts';

/** SHA-256 of a revision document's canonical JSON: its content address. */
export function documentHash(document: RevisionDocument): string {
  return sha256(canonicalJson(document));
}

/** Completes a revision record with its id: a hash over itself and, through `previous`, over everything before it. */
export function sealRevision(record: Omit<RevisionRecord, 'id'>): RevisionRecord {
  return { ...record, id: sha256(canonicalJson(record)) };
}

/** The id that a stored record must have, for verification. */
export function revisionId(record: RevisionRecord): string {
  const { id: _, ...rest } = record;
  return sha256(canonicalJson(rest));
}

export function changeRecords(changes: readonly Change[], revision: RevisionRecord): ChangeRecord[] {
  return changes.map((change, seq) => ({
    ...change,
    pageId: revision.pageId,
    revision: revision.number,
    revisionId: revision.id,
    seq,
    observedAt: revision.observedAt,
    technical: revision.technical,
  }));
}

/** The head that publishes a revision. `before` is the head that it replaces, null for the first. */
export function nextHead(
  before: Head | null,
  page: PageSpec,
  revision: RevisionRecord,
  paragraphs: readonly Paragraph[],
): Head {
  const days = daysBetween(paragraphs);
  return {
    pageId: page.id,
    url: page.url,
    name: page.name,
    title: revision.title,
    period: revision.period,
    revision: revision.number,
    revisionId: revision.id,
    lineage: extendLineage(before, page.id, revision.id).lineage,
    firstObservedAt: before?.firstObservedAt ?? revision.observedAt,
    observedAt: revision.observedAt,
    captureId: revision.captureId,
    sha256: revision.sha256,
    document: revision.document,
    paragraphs: paragraphs.length,
    textLength: paragraphs.reduce((sum, paragraph) => sum + paragraph.text.length, 0),
    // Bounds of every day that ever was on the timeline: readers look into the years between them.
    oldestDate: earlier(before?.oldestDate ?? null, days.oldest),
    newestDate: later(before?.newestDate ?? null, days.newest),
    newestReport: later(before?.newestReport ?? null, newestDate(paragraphs)),
    parser: revision.parser,
  };
}

/**
 * The name of a capture taken at an instant: sorts by time, fits into object keys. `2022-01-09T10:15:00.000Z` gives
 * `20220109T101500000Z`.
 */
export function captureId(at: string): string {
  return new Date(at).toISOString().replace(/[-:.]/g, '');
}

/** The instant in the name of a capture, null for a name of another form. */
export function captureTime(id: string): string | null {
  const form = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;
  return form.test(id) ? id.replace(form, '$1-$2-$3T$4:$5:$6.$7Z') : null;
}

export type CaptureMeta = Omit<Capture, 'id' | 'sha256' | 'bytes' | 'seal'>;
