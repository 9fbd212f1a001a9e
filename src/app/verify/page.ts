import {
  changesLead,
  documentFaults,
  type Expected,
  expectRevision,
  recordFaults,
  type StoredRevision,
} from '#core/evidence/chain.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import { isVisible, lineageAt } from '#core/history/lineage.ts';
import type { Capture, Head, RevisionDocument, RevisionRecord } from '#core/history/types.ts';
import { evidenceKey } from '../captures.ts';
import { documentKey } from '../documents.ts';
import { StoredDataError } from '../errors.ts';
import { tryRead } from '../judging.ts';
import { changeName, entryName, type PageItems } from './items.ts';
import type { ObjectChecks } from './objects.ts';
import { finding, type Tally, type VerifyDeps, type VerifyEvent } from './types.ts';

interface Walk {
  readonly deps: VerifyDeps;
  readonly checks: ObjectChecks;
  readonly items: PageItems;
  readonly head: Head;
  /** The page's captures, null where a record is damaged. */
  readonly captures: ReadonlyMap<string, Capture | null>;
  readonly tally: Tally;
  /** Set where the chain is broken: what follows cannot be told from what does not belong. */
  broken: boolean;
}

type Before = { readonly head: Head; readonly document: RevisionDocument } | null;

/**
 * Walks a page's chain from its first revision to the head, makes every revision once more from what it rests on, and
 * holds what is stored against it. Holds two documents at a time.
 */
export async function* verifyChain(walk: Walk): AsyncGenerator<VerifyEvent> {
  const { head, items, tally } = walk;
  let before: Before = null;
  for (let number = 1; number <= head.revision; number += 1) {
    const where = `revision ${number}`;
    const name = `revision ${number} ${lineageAt(head, number)}`;
    const record = items.revisions.get(name);
    items.revisions.delete(name);
    if (record === undefined) {
      walk.broken = true;
      yield finding(head.pageId, where, 'its record is missing; what follows it cannot be verified');
      return;
    }
    tally.revisions += 1;
    const outcome: { after: Before } = { after: null };
    yield* verifyRevision(walk, record, number, before, outcome);
    if (outcome.after === null) {
      walk.broken = true;
      yield finding(head.pageId, where, 'without its document what follows it cannot be verified');
      return;
    }
    before = outcome.after;
    yield { type: 'progress', what: `${head.pageId}: revisions`, done: number, of: head.revision };
  }
  if (before === null) return;
  // A parser that reads the same without a revision of its own is noted on the head alone.
  const now = { ...head, parser: before.head.parser };
  if (canonicalJson(now) !== canonicalJson(before.head)) {
    yield finding(head.pageId, 'head', 'it is not what follows from the last revision');
  }
}

async function* verifyRevision(
  walk: Walk,
  record: RevisionRecord,
  number: number,
  before: Before,
  outcome: { after: Before },
): AsyncGenerator<VerifyEvent> {
  const { deps, checks, items, head, captures } = walk;
  const { pageId } = head;
  const where = `revision ${number}`;
  const capture = captures.get(record.captureId) ?? null;
  if (capture === null) yield finding(pageId, where, `its capture ${record.captureId} is missing or damaged`);
  for (const fault of recordFaults(record, number, before, capture)) yield finding(pageId, where, fault);
  let body: Uint8Array | null = null;
  if (capture !== null) {
    const { kept } = await checks.body(capture);
    if (kept === 'sound') body = await checks.content(evidenceKey(capture.sha256));
    if (kept === 'missing') yield finding(pageId, where, `the body ${capture.sha256} of its capture is not kept`);
  }

  const content = await checks.content(documentKey(record));
  if (content === null) {
    yield finding(pageId, where, `its document ${documentKey(record)} is missing or damaged`);
    return;
  }
  if (sha256(content) !== record.document) {
    checks.damaged(documentKey(record), 'its content is not what its name says');
    return;
  }
  const document = JSON.parse(Buffer.from(content).toString('utf8')) as RevisionDocument;
  let reading = null;
  if (capture !== null && body !== null && record.parser === deps.parser) {
    const read = tryRead(body, capture);
    if ('reading' in read) reading = read.reading;
    else yield finding(pageId, where, `its capture cannot be read: ${read.error.message}`);
  }
  const stored: StoredRevision = { record, document, capture, reading };
  for (const fault of documentFaults(stored)) yield finding(pageId, `document of revision ${number}`, fault);

  const expected = expectRevision(before, stored, head, deps.parser);
  for (const fault of expected.faults) yield finding(pageId, where, fault);
  yield* verifyItems(walk, record, before, stored, expected);
  for (const entry of expected.timeline) {
    const name = entryName(entry);
    const fault = items.expect(name, entry);
    if (fault !== null) yield finding(pageId, name, fault);
  }
  outcome.after = { head: expected.head, document };
}

async function* verifyItems(
  { deps, items, head }: Walk,
  record: RevisionRecord,
  before: Before,
  stored: StoredRevision,
  { changes }: Expected,
): AsyncGenerator<VerifyEvent> {
  if (changes !== null) {
    for (const change of changes) {
      const name = changeName(change);
      const fault = items.expect(name, change);
      if (fault !== null) yield finding(head.pageId, name, fault);
    }
    return;
  }
  // Another parser compared: its changes are taken as they are, and must lead from the one text to the other.
  try {
    const told = await deps.history.changesOf(head.pageId, record.number);
    for (const change of told) items.held.delete(changeName(change));
    if (told.length !== record.changes) {
      yield finding(
        head.pageId,
        `changes of revision ${record.number}`,
        `${told.length} of ${record.changes} are there`,
      );
    } else if (before !== null && !changesLead(before.document, told, stored.document)) {
      const where = `changes of revision ${record.number}`;
      yield finding(head.pageId, where, 'they do not lead from the revision before to this one');
    }
  } catch (error) {
    if (!(error instanceof StoredDataError)) throw error;
    yield finding(head.pageId, `changes of revision ${record.number}`, error.message);
  }
}

/** What is left when the chain has taken its own: leftovers where no head stands for them, findings where one does. */
export function* verifyRest({ items, head, tally, broken }: Walk): Generator<VerifyEvent> {
  for (const [name, item] of items.held) {
    if (!isVisible(head, item)) tally.leftovers += 1;
    else if (!broken) yield finding(head.pageId, name, 'no revision accounts for it');
  }
  tally.leftovers += items.revisions.size;
}
