import { revisionAlertKey } from '#core/alerts/key.ts';
import type { Change } from '#core/diff/types.ts';
import {
  blocksOf,
  changesLead,
  documentFaults,
  expectRevision,
  recordFaults,
  type StoredRevision,
} from '#core/evidence/chain.ts';
import { fingerprintOf, itemsOf, type RevisionItems } from '#core/history/advance.ts';
import { sha256 } from '#core/history/canonical.ts';
import { chunkName } from '#core/history/lineage.ts';
import type { Capture, RevisionDocument, RevisionRecord } from '#core/history/types.ts';
import { readCapture, withPast } from '../history/read-capture.ts';
import { evidenceKey } from '../objects/captures.ts';
import { documentKey } from '../objects/documents.ts';
import { changeName, entryName, markName, type Owned, pastName, placeName, stateName } from './items.ts';
import { refusal, unlessBad } from './refusal.ts';
import { finding, type VerifyEvent } from './types.ts';
import type { Before, Walk } from './walk.ts';

/** Verifies one revision with all that is stored with it. Returns it, or null when its document is missing or damaged. */
export async function* verifyRevision(
  walk: Walk,
  record: RevisionRecord,
  number: number,
  before: Before,
): AsyncGenerator<VerifyEvent, Before> {
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
    return null;
  }
  if (sha256(content) !== record.document) {
    checks.damaged(documentKey(record), 'its content does not have the hash in its name');
    return null;
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

  const blocks = blocksOf(stored);
  const baseline = before === null ? null : await withPast(before, blocks, fingerprintOf(blocks));
  const { page, changes: found, faults } = expectRevision(baseline, stored, head, deps.parser);
  for (const fault of faults) yield finding(pageId, where, fault);
  const changes = found ?? (yield* verifyStoredChanges(walk, record, before, document));
  if (changes === null) items.dropPast(record);
  const made = itemsOf(before, page, record, document, changes ?? []);
  for (const [name, item] of ownedBy(made, { changes: found !== null, past: changes !== null })) {
    const fault = items.expect(name, item);
    if (fault !== null) yield finding(pageId, name, fault);
  }
  for (const chunk of made.chunks) {
    const fault = items.expectChunk(chunk);
    if (fault !== null) yield finding(pageId, `lineage ${chunkName(chunk)}`, fault);
  }
  walk.recall.add(made);
  return { head: made.head, document, fingerprint: fingerprintOf(document.paragraphs), recall: walk.recall };
}

/** The items of a revision by their names; changes and past texts only where they can be made again. */
function ownedBy(made: RevisionItems, known: { readonly changes: boolean; readonly past: boolean }): [string, Owned][] {
  return [
    ...(known.changes ? made.changes : []).map((change): [string, Owned] => [changeName(change), change]),
    ...made.states.map((state): [string, Owned] => [stateName(state), state]),
    ...made.timeline.map((entry): [string, Owned] => [entryName(entry), entry]),
    ...(known.past ? made.past : []).map((text): [string, Owned] => [pastName(text), text]),
    [markName(made.mark), made.mark],
    [placeName(made.place), made.place],
  ];
}

/** An accepted suspect revision needs an acceptance note, a notified one an alert record. */
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
      yield finding(pageId, where, `the acceptance note of its capture ${record.captureId} is missing`);
    else if (state === 'sound' && capture !== null && seal !== capture.seal)
      yield finding(pageId, where, 'the acceptance note of its capture names another record of it');
  }
  const key = revisionAlertKey(pageId, record.number, record.id);
  // A technical revision sends no alert, and needs no record.
  if (record.number > notified || record.technical || items.alerts.has(key)) return;
  // Read again: a record may have been written since the audit.
  const found = await unlessBad(
    () => Promise.all([null, ...items.channels].map((channel) => deps.history.alert(pageId, key, channel))),
    () => {},
  );
  if (found?.every((alert) => alert === null)) yield finding(pageId, where, 'it has no alert record');
}

/**
 * Another parser found these changes: they cannot be found again, but must lead from one text to the other.
 * Returns them, or null where they cannot be read.
 */
async function* verifyStoredChanges(
  { deps, items, head }: Walk,
  record: RevisionRecord,
  before: Before,
  document: RevisionDocument,
): AsyncGenerator<VerifyEvent, readonly Change[] | null> {
  const where = `changes of revision ${record.number}`;
  try {
    const found = await deps.history.changesOf(head.pageId, record.number);
    for (const change of found) items.held.delete(changeName(change));
    if (found.length !== record.changes) {
      yield finding(head.pageId, where, `${found.length} of ${record.changes} are stored`);
      return null;
    }
    if (before !== null && !changesLead(before.document, found, document)) {
      yield finding(head.pageId, where, 'they do not lead from the revision before to this one');
      return null;
    }
    return found;
  } catch (error) {
    yield finding(head.pageId, where, refusal(error));
    return null;
  }
}
