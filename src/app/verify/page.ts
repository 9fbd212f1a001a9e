import { revisionAlertKey } from '#core/alerts/key.ts';
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
import { readCapture } from '../history/read-capture.ts';
import { evidenceKey } from '../objects/captures.ts';
import { documentKey } from '../objects/documents.ts';
import { changeName, entryName, type PageItems } from './items.ts';
import type { ObjectChecks } from './objects.ts';
import { refusal, unlessBad } from './refusal.ts';
import { finding, type Tally, type VerifyDeps, type VerifyEvent } from './types.ts';
import { type BaselineThen, type Unaccounted, unrecorded } from './unaccounted.ts';

export interface Walk {
  readonly deps: VerifyDeps;
  readonly checks: ObjectChecks;
  readonly items: PageItems;
  readonly head: Head;
  /** The page's captures, null where a record is damaged. */
  readonly captures: ReadonlyMap<string, Capture | null>;
  readonly tally: Tally;
  /** The captures without a revision and without a quarantine item. */
  readonly unaccounted: Unaccounted;
  /** The last revision that the notifier's cursor has passed. */
  readonly notified: number;
  /** Set where the chain is broken: what follows may or may not belong to it. */
  broken: boolean;
}

type Before = { readonly head: Head; readonly document: RevisionDocument } | null;

/**
 * Walks a page's chain from its first revision to the head, makes every revision once more from what it rests on, and
 * holds what is stored against it. Holds two documents at a time.
 */
export async function* verifyChain(walk: Walk): AsyncGenerator<VerifyEvent> {
  const { deps, head, items, tally } = walk;
  const recordAt = (number: number) => items.revisions.get(`revision ${number} ${lineageAt(head, number)}`);
  let before: Before = null;
  yield* verifyUnaccounted(walk, recordAt(1), { baseline: null, isComparable: recordAt(1)?.parser === deps.parser });
  for (let number = 1; number <= head.revision; number += 1) {
    const where = `revision ${number}`;
    const record = recordAt(number);
    items.revisions.delete(`revision ${number} ${lineageAt(head, number)}`);
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
    // The text from before a parser change was judged by another parser than what came after.
    const isComparable = record.parser === deps.parser && !record.technical;
    const next = number === head.revision ? null : recordAt(number + 1);
    yield* verifyUnaccounted(walk, next, { baseline: before, isComparable });
    yield { type: 'progress', what: `${head.pageId}: revisions`, done: number, of: head.revision };
  }
  if (before === null) return;
  // A parser that reads the same without a revision of its own is noted on the head alone.
  const now = { ...head, parser: before.head.parser };
  if (canonicalJson(now) !== canonicalJson(before.head)) {
    yield finding(head.pageId, 'head', 'it is not what follows from the last revision');
  }
}

/** Judges the captures before the next revision (null: all that are left; undefined: its record is missing). */
async function* verifyUnaccounted(
  { head, tally, unaccounted }: Walk,
  next: RevisionRecord | null | undefined,
  then: BaselineThen,
): AsyncGenerator<VerifyEvent> {
  if (next === undefined) return;
  const until = next === null ? null : { id: next.captureId, fetchedAt: next.observedAt };
  for await (const [capture, account] of unaccounted.before(until, then)) {
    if (account === 'unjudged') tally.waiting += 1;
    if (account === 'unrecorded') yield unrecorded(head.pageId, capture);
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
  yield* verifyNotes(walk, record, capture);
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
    const read = readCapture(capture, body);
    if (read.reading !== null) reading = read.reading;
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

/** A revision that was believed although it looked wrong has a note, and one that was notified has an alert record. */
async function* verifyNotes(
  { deps, checks, items, head, notified }: Walk,
  record: RevisionRecord,
  capture: Capture | null,
): AsyncGenerator<VerifyEvent> {
  const { pageId } = head;
  const where = `revision ${record.number}`;
  if (record.confirmed) {
    const { state, seal } = await checks.acceptance(pageId, record.captureId);
    if (state === 'missing')
      yield finding(pageId, where, `the note that its capture ${record.captureId} was believed is missing`);
    else if (state === 'sound' && capture !== null && seal !== capture.seal)
      yield finding(pageId, where, 'the note that its capture was believed is of another record of it');
  }
  const key = revisionAlertKey(pageId, record.number, record.id);
  // A technical revision alerts nobody, and needs no record of it.
  if (record.number > notified || record.technical || items.alerts.has(key)) return;
  const alert = await unlessBad(
    () => deps.history.alert(pageId, key),
    () => {},
  );
  if (alert === null) yield finding(pageId, where, 'no record shows whether people were notified of it, or why not');
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
    const found = await deps.history.changesOf(head.pageId, record.number);
    for (const change of found) items.held.delete(changeName(change));
    if (found.length !== record.changes) {
      yield finding(
        head.pageId,
        `changes of revision ${record.number}`,
        `${found.length} of ${record.changes} are there`,
      );
    } else if (before !== null && !changesLead(before.document, found, stored.document)) {
      const where = `changes of revision ${record.number}`;
      yield finding(head.pageId, where, 'they do not lead from the revision before to this one');
    }
  } catch (error) {
    yield finding(head.pageId, `changes of revision ${record.number}`, refusal(error));
  }
}

/** What is left when the chain has taken its own: leftovers where no head names them, findings where one does. */
export function* verifyRest({ items, head, tally, broken }: Walk): Generator<VerifyEvent> {
  for (const [name, item] of items.held) {
    if (!isVisible(head, item)) tally.leftovers += 1;
    else if (!broken) yield finding(head.pageId, name, 'no revision accounts for it');
  }
  tally.leftovers += items.revisions.size;
}
