import type { DatedBlock } from '../dates/types.ts';
import { diff, identify } from '../diff/index.ts';
import type { Change, Paragraph } from '../diff/types.ts';
import { comparisonKey } from '../page/index.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { changeRecords, documentHash, eventDays, nextHead, sealRevision } from './revision.ts';
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

/** Removed paragraphs that a page remembers, so that a return is told from an addition. Newest removals win. */
export const GONE_LIMIT = 5_000;

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
 * The next revision of a page, or null when the sighting says what the last revision says. Pure: the same history
 * and the same capture give the same ids, items and hashes wherever and whenever this runs.
 */
export function advance(
  before: { readonly head: Head; readonly document: RevisionDocument } | null,
  sighting: Sighting,
  options: AdvanceOptions,
): Advance | null {
  const { page, capture } = sighting;
  const old = before?.document.paragraphs ?? [];
  let paragraphs: readonly Paragraph[];
  let changes: readonly Change[] = [];
  if (before === null) {
    paragraphs = identify(sighting.blocks, page.id);
  } else {
    const memory = { gone: before.document.gone, newestDate: eventDays(old).newest ?? before.head.newestDate };
    const result = diff(old, sighting.blocks, memory, page.id);
    if (result.changes.length === 0) return null;
    ({ paragraphs, changes } = result);
  }

  const fingerprint = fingerprintOf(paragraphs);
  const earlier = before?.document.fingerprints ?? [];
  const document: RevisionDocument = {
    pageId: page.id,
    number: (before?.head.revision ?? 0) + 1,
    title: sighting.title,
    period: sighting.period,
    charset: sighting.charset,
    lastModified: sighting.lastModified,
    paragraphs,
    gone: goneAfter(before?.document.gone ?? [], old, paragraphs),
    fingerprints: [...earlier, fingerprint],
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
    revertedTo: revertedTo(earlier, fingerprint),
    replaced: page.rolling && before !== null && isNewIssue(old, paragraphs),
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

/** Hash of a revision's text, paragraph by paragraph, blind to noise. */
export function fingerprintOf(paragraphs: readonly Pick<Paragraph, 'text' | 'kind'>[]): string {
  return sha256(canonicalJson(paragraphs.map((paragraph) => comparisonKey(paragraph.text)))).slice(0, 16);
}

/** The newest earlier revision with this text, other than the one just before. */
function revertedTo(earlier: readonly string[], fingerprint: string): number | null {
  const at = earlier.slice(0, -1).lastIndexOf(fingerprint);
  return at === -1 ? null : at + 1;
}

/** A rolling page shows a new issue when less than half of its characters stood on it before. */
function isNewIssue(before: readonly Paragraph[], after: readonly Paragraph[]): boolean {
  const known = new Set(before.map((paragraph) => comparisonKey(paragraph.text)));
  let kept = 0;
  let all = 0;
  for (const paragraph of after) {
    all += paragraph.text.length;
    if (known.has(comparisonKey(paragraph.text))) kept += paragraph.text.length;
  }
  return all > 0 && kept * 2 < all;
}

function goneAfter(
  gone: readonly Paragraph[],
  before: readonly Paragraph[],
  after: readonly Paragraph[],
): readonly Paragraph[] {
  const standing = new Set(after.map((paragraph) => paragraph.id));
  const removed = before.filter((paragraph) => !standing.has(paragraph.id));
  return [...removed, ...gone.filter((paragraph) => !standing.has(paragraph.id))].slice(0, GONE_LIMIT);
}
