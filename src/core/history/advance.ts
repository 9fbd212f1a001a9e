import type { DatedBlock } from '../dates/types.ts';
import type { Change } from '../diff/types.ts';
import { sha256 } from './canonical.ts';
import { begin, type HistoryState, read } from './fold.ts';
import { isReplaced, revertedTo, revisionKey } from './pagelevel.ts';
import { changeRecords, documentHash, nextHead, sealRevision } from './revision.ts';
import { timelineEntries } from './timeline.ts';
import type {
  Capture,
  ChangeRecord,
  Head,
  PageSpec,
  RevisionDocument,
  RevisionRecord,
  TimelineEntry,
} from './types.ts';

/** A capture as it was read: what may become the next revision. */
export interface Sighting {
  readonly page: PageSpec;
  readonly capture: Capture;
  readonly title: string | null;
  readonly period: string | null;
  readonly charset: string;
  readonly lastModified: string | null;
  readonly blocks: readonly DatedBlock[];
}

export interface AdvanceOptions {
  readonly parser: string;
  /** Only the parser changed since the revision before. */
  readonly technical: boolean;
  /** A mass change that was accepted after it had stayed. */
  readonly confirmed: boolean;
}

/** Everything that is written for one revision; the head last. */
export interface Advance {
  readonly document: RevisionDocument;
  readonly revision: RevisionRecord;
  readonly changes: readonly ChangeRecord[];
  readonly timeline: readonly TimelineEntry[];
  readonly head: Head;
}

/**
 * The next revision of a page, or null when the sighting changes nothing. Pure: the same history and the same capture
 * always give the same ids, items and hashes.
 */
export function advance(
  before: { readonly head: Head; readonly document: RevisionDocument } | null,
  sighting: Sighting,
  options: AdvanceOptions,
): Advance | null {
  const { page, capture } = sighting;
  const old = before?.document.paragraphs ?? [];
  let state: HistoryState;
  let changes: readonly Change[] = [];
  if (before === null) {
    state = begin(sighting.blocks, page.id);
  } else {
    const step = read({ ...before.document, removed: before.document.gone }, sighting.blocks, page.id);
    if (step.result.changes.length === 0) return null;
    ({ state } = step);
    ({ changes } = step.result);
  }

  const { paragraphs, removed, newestDate } = state;
  const fingerprint = fingerprintOf(paragraphs);
  const fingerprints = [...(before?.document.fingerprints ?? []), fingerprint];
  const document: RevisionDocument = {
    pageId: page.id,
    number: (before?.head.revision ?? 0) + 1,
    title: sighting.title,
    period: sighting.period,
    charset: sighting.charset,
    lastModified: sighting.lastModified,
    paragraphs,
    gone: removed,
    newestDate,
    fingerprints,
  };
  const revision = sealRevision({
    pageId: page.id,
    number: document.number,
    previous: before?.head.revisionId ?? null,
    observedAt: capture.fetchedAt,
    captureId: capture.id,
    sha256: capture.sha256,
    captureSeal: capture.seal,
    document: documentHash(document),
    parser: options.parser,
    title: sighting.title,
    period: sighting.period,
    paragraphs: paragraphs.length,
    changes: changes.length,
    technical: options.technical,
    revertedTo: revertedTo(fingerprints.slice(0, -1), fingerprint),
    replaced: page.rolling && before !== null && isReplaced(old, paragraphs, changes),
    confirmed: options.confirmed,
  });
  return {
    document,
    revision,
    changes: changeRecords(changes, revision),
    timeline: timelineEntries(old, paragraphs, revision),
    head: nextHead(before?.head ?? null, page, revision, paragraphs),
  };
}

/** Short hash of a revision's text, equal where texts differ by noise only. */
export function fingerprintOf(paragraphs: readonly { readonly text: string; readonly marker?: string }[]): string {
  return sha256(revisionKey(paragraphs)).slice(0, 16);
}
