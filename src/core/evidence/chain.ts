import type { DatedBlock } from '../dates/types.ts';
import { ApplyError, apply } from '../diff/apply.ts';
import type { Change } from '../diff/types.ts';
import { advance, type Baseline, type Sighting } from '../history/advance.ts';
import { canonicalJson } from '../history/canonical.ts';
import { withSights } from '../history/life.ts';
import { documentHash, revisionId } from '../history/revision.ts';
import type { Capture, ChangeRecord, Head, PageSpec, RevisionDocument, RevisionRecord } from '../history/types.ts';
import type { Reading } from '../reading.ts';

/** A stored revision with its document and capture. */
export interface StoredRevision {
  readonly record: RevisionRecord;
  readonly document: RevisionDocument;
  /** Null where the capture's record is missing or damaged, which is a finding of its own. */
  readonly capture: Capture | null;
  /** What this parser reads in the capture; null where it could not be read, or another parser made the revision. */
  readonly reading: Reading | null;
}

type Before = { readonly head: Head; readonly document: RevisionDocument } | null;

/** What is wrong with a revision record by itself and with its place in the chain. */
export function recordFaults(
  record: RevisionRecord,
  number: number,
  before: Before,
  capture: Capture | null,
): string[] {
  const faults: string[] = [];
  if (record.number !== number) faults.push(`it is numbered ${record.number}`);
  if (revisionId(record) !== record.id) faults.push('its id is not the hash of it');
  if (record.previous !== (before?.head.revisionId ?? null)) faults.push('it does not name the revision before it');
  if (capture === null) return faults;
  if (record.captureSeal !== capture.seal) faults.push('it names another record of its capture');
  if (record.sha256 !== capture.sha256) faults.push('it names other bytes than those of its capture');
  if (record.observedAt !== capture.fetchedAt) faults.push('its time differs from that of its capture');
  return faults;
}

/** What is wrong with a revision's document by itself and compared with its record. */
export function documentFaults({ record, document }: StoredRevision): string[] {
  const faults: string[] = [];
  if (documentHash(document) !== record.document) faults.push('its hash is not the one that the revision names');
  if (document.pageId !== record.pageId || document.number !== record.number)
    faults.push('it belongs to another revision');
  if (document.title !== record.title || document.period !== record.period)
    faults.push('its title or period differs from that of the revision');
  if (document.paragraphs.length !== record.paragraphs) faults.push('it has another number of paragraphs');
  return faults;
}

/** What a revision is, made again. */
export interface Expected {
  readonly page: PageSpec;
  /** Null where another parser made the revision: its comparison cannot be repeated. */
  readonly changes: readonly Change[] | null;
  readonly faults: readonly string[];
}

/**
 * Makes a revision again from the document before it and its capture; from its own document where the capture cannot
 * be read.
 * @param head the present head, for what no document holds: the page's address and name.
 */
export function expectRevision(before: Baseline | null, stored: StoredRevision, head: Head, parser: string): Expected {
  const { record, document } = stored;
  const page: PageSpec = { id: head.pageId, url: head.url, name: head.name, rolling: record.replaced, series: null };
  if (record.parser !== parser) return { page, changes: null, faults: sightFaults(before, stored) };
  const { technical, confirmed } = record;
  const next = advance(before, sightingOf(page, stored), { parser, technical, confirmed });
  if (next === null) return { page, changes: [], faults: ['its text is the same as that of the revision before'] };
  const faults: string[] = [];
  if (canonicalJson(next.document) !== canonicalJson(document))
    faults.push('its document is not what follows from its capture');
  if (canonicalJson({ ...next.revision, id: '' }) !== canonicalJson({ ...record, id: '' }))
    faults.push('its record is not what follows from its capture');
  return { page, changes: next.changes.map(plainChange), faults };
}

/** Another parser made the paragraphs, but when they were observed follows from the revisions before. */
function sightFaults(before: Baseline | null, { record, document }: StoredRevision): string[] {
  const seen = withSights(document.paragraphs, before?.document.paragraphs ?? [], before?.recalled.texts ?? [], record);
  if (canonicalJson(seen) === canonicalJson(document.paragraphs)) return [];
  return ['its document has other times of its paragraphs than follow from the revisions before'];
}

/** A change without its address, which is that of the stored revision. */
function plainChange({
  pageId: _,
  revision: __,
  revisionId: ___,
  seq: ____,
  observedAt: _____,
  ...change
}: ChangeRecord): Change {
  return change;
}

/** The blocks that a revision was compared as: those of its capture, or of its document where that cannot be read. */
export function blocksOf({ reading, document }: StoredRevision): readonly DatedBlock[] {
  return (
    reading?.dated.blocks ?? document.paragraphs.map(({ id: _, firstSeen: __, presentSince: ___, ...block }) => block)
  );
}

/** Whether changes that another parser found lead from one document to the other. */
export function changesLead(before: RevisionDocument, changes: readonly Change[], after: RevisionDocument): boolean {
  try {
    const made = apply(before.paragraphs, changes);
    const texts = after.paragraphs.map(({ id, text }) => ({ id, text }));
    return canonicalJson(made) === canonicalJson(texts);
  } catch (error) {
    if (error instanceof ApplyError) return false;
    throw error;
  }
}

/** The capture's own facts come from the record: they are verified before. */
function sightingOf(page: PageSpec, stored: StoredRevision): Sighting {
  const { record, document, reading } = stored;
  const { captureId: id, observedAt: fetchedAt, sha256, captureSeal: seal } = record;
  const { title, charset, lastModified } = reading?.article ?? document;
  const { period } = reading?.dated ?? document;
  const capture = { id, fetchedAt, sha256, seal };
  return { page, capture, title, period, charset, lastModified, blocks: blocksOf(stored) };
}
