import type { DatedBlock } from '../dates/types.ts';
import { diff, identify } from '../diff/index.ts';
import type { Change, DiffMemory } from '../diff/types.ts';
import { canonicalJson, sha256, shortHash } from './canonical.ts';
import { paragraphStates, withSights } from './life.ts';
import { type Chunk, extendLineage } from './lineage.ts';
import { isReplaced, revisionKey } from './pagelevel.ts';
import { pastTexts, type Recalled, recalledParagraphs, wholeKey } from './past.ts';
import { changeRecords, nextHead, sealRevision } from './revision.ts';
import { timelineEntries } from './timeline.ts';
import type {
  Capture,
  ChangeRecord,
  Head,
  PageSpec,
  ParagraphState,
  PastText,
  RevisionDocument,
  RevisionPlace,
  RevisionRecord,
  StoredParagraph,
  TextMark,
  TimelineEntry,
} from './types.ts';

/** A capture as it was read: what may become the next revision. */
export interface Sighting {
  readonly page: PageSpec;
  readonly capture: Pick<Capture, 'id' | 'fetchedAt' | 'sha256' | 'seal'>;
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
  /** A mass change that was believed because the page stayed so. */
  readonly confirmed: boolean;
  /** Give what `comparisonKey` and `canonicalJson` give; may remember it. */
  readonly keyOf?: (text: string) => string;
  readonly jsonOf?: (paragraph: StoredParagraph) => string;
}

/** A page's last revision, and what is remembered of those before it. */
export interface Baseline {
  readonly head: Head;
  readonly document: RevisionDocument;
  /** What was found under `keysToRecall`. */
  readonly recalled: Recalled;
  /** The newest earlier revision with the text of the sighting, or null. */
  readonly sameText: number | null;
}

/** Everything that is written for one revision; the head last. */
export interface Advance extends RevisionItems {
  readonly document: RevisionDocument;
  /** The canonical JSON of the document, of which the revision has the hash. */
  readonly documentJson: string;
  readonly revision: RevisionRecord;
}

/**
 * The next revision of a page, or null when the sighting has the text of the last revision. Pure: the same history
 * and the same capture give the same ids, items and hashes wherever and whenever this runs.
 */
export function advance(before: Baseline | null, sighting: Sighting, options: AdvanceOptions): Advance | null {
  const { page, capture } = sighting;
  const old = before?.document.paragraphs ?? [];
  const compared = before === null ? null : diff(old, sighting.blocks, memoryOf(before), page.id);
  if (compared?.changes.length === 0) return null;
  const number = (before?.head.revision ?? 0) + 1;
  const paragraphs: readonly StoredParagraph[] = withSights(
    compared?.paragraphs ?? identify(sighting.blocks, page.id),
    old,
    before?.recalled.texts ?? [],
    { number, observedAt: capture.fetchedAt },
  );
  const changes: readonly Change[] = compared?.changes ?? [];
  const document: RevisionDocument = {
    pageId: page.id,
    number,
    title: sighting.title,
    period: sighting.period,
    charset: sighting.charset,
    lastModified: sighting.lastModified,
    paragraphs,
  };
  // Equal to `canonicalJson(document)`. A quote inside a text is escaped, so the place of the list is the only one.
  const json = paragraphs.map(options.jsonOf ?? canonicalJson).join();
  const frame = canonicalJson({ ...document, paragraphs: [] });
  const documentJson = frame.replace('"paragraphs":[', (start) => start + json);
  const fingerprint = fingerprintOf(paragraphs, options.keyOf);
  const revision = sealRevision({
    pageId: page.id,
    number,
    previous: before?.head.revisionId ?? null,
    observedAt: capture.fetchedAt,
    captureId: capture.id,
    sha256: capture.sha256,
    captureSeal: capture.seal,
    document: sha256(documentJson),
    fingerprint,
    parser: options.parser,
    title: sighting.title,
    period: sighting.period,
    paragraphs: paragraphs.length,
    changes: changes.length,
    technical: options.technical,
    revertedTo: before?.sameText ?? null,
    replaced: page.rolling && before !== null && isReplaced(old, paragraphs, changes),
    confirmed: options.confirmed,
  });
  return { document, documentJson, revision, ...itemsOf(before, page, revision, document, changes) };
}

/** What is stored of a revision next to its document and its record. */
export interface RevisionItems {
  readonly changes: readonly ChangeRecord[];
  readonly states: readonly ParagraphState[];
  readonly timeline: readonly TimelineEntry[];
  readonly past: readonly PastText[];
  readonly mark: TextMark;
  readonly place: RevisionPlace;
  readonly chunks: readonly Chunk[];
  readonly head: Head;
}

/** What follows from a revision, its changes and the revision before it. */
export function itemsOf(
  before: Pick<Baseline, 'head' | 'document'> | null,
  page: PageSpec,
  revision: RevisionRecord,
  { paragraphs }: RevisionDocument,
  changes: readonly Change[],
): RevisionItems {
  const old = before?.document.paragraphs ?? [];
  const { pageId, number, id: revisionId, fingerprint, observedAt } = revision;
  return {
    changes: changeRecords(changes, revision),
    states: paragraphStates(old, paragraphs, revision),
    timeline: timelineEntries(old, paragraphs, revision),
    past: pastTexts(old, paragraphs, changes, revision),
    mark: { pageId, fingerprint, revision: number, revisionId },
    place: { pageId, revision: number, revisionId, observedAt },
    chunks: extendLineage(before?.head ?? null, page.id, revision.id).chunks,
    head: nextHead(before?.head ?? null, page, revision, paragraphs),
  };
}

function memoryOf({ head, document, recalled }: Baseline): DiffMemory {
  return {
    removed: recalledParagraphs(recalled, document.paragraphs),
    newestDate: head.newestReport,
    crowded: { has: (key) => recalled.crowded.has(wholeKey(key)), occasion: head.revisionId },
  };
}

/** Short hash of a revision's text, blind to noise. `keyOf` gives what `comparisonKey` gives; may remember it. */
export function fingerprintOf(...page: Parameters<typeof revisionKey>): string {
  return shortHash(revisionKey(...page));
}
