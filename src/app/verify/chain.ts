import { canonicalJson } from '#core/history/canonical.ts';
import { chunkName } from '#core/history/lineage.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { revisionName } from './items.ts';
import { verifyRevision } from './revision.ts';
import { shownAfter } from './summary.ts';
import { finding, type VerifyEvent } from './types.ts';
import { type BaselineThen, unrecorded } from './unaccounted.ts';
import type { Before, Walk } from './walk.ts';

/**
 * Walks a page's chain from its first revision to the head, makes every revision again from its capture, and compares
 * it with what is stored. Holds two documents at a time.
 */
export async function* verifyChain(walk: Walk): AsyncGenerator<VerifyEvent> {
  const { deps, head, items, tally } = walk;
  const missing = items.missingChunk(head);
  if (missing !== null) {
    walk.broken = true;
    yield finding(
      head.pageId,
      `lineage ${chunkName(missing)}`,
      'it is missing; no revision can be verified without it',
    );
    return;
  }
  const nameOf = (number: number) => revisionName(number, items.shortIdOf(head, number) ?? '');
  const recordAt = (number: number) => items.revisions.get(nameOf(number));
  let before: Before = null;
  yield* verifyUnaccounted(walk, recordAt(1), { baseline: null, isComparable: recordAt(1)?.parser === deps.parser });
  for (let number = 1; number <= head.revision; number += 1) {
    const where = `revision ${number}`;
    const record = recordAt(number);
    items.revisions.delete(nameOf(number));
    if (record === undefined) {
      walk.broken = true;
      yield finding(head.pageId, where, 'its record is missing; later revisions cannot be verified');
      return;
    }
    tally.revisions += 1;
    before = yield* verifyRevision(walk, record, number, before);
    if (before === null) {
      walk.broken = true;
      yield finding(head.pageId, where, 'later revisions cannot be verified without its document');
      return;
    }
    walk.shown = shownAfter(walk.shown, before.head, record.technical || !walk.isJudged(record.captureId));
    // Another parser judged the captures around a parser change, so they cannot be compared.
    const isComparable = record.parser === deps.parser && !record.technical;
    const next = number === head.revision ? null : recordAt(number + 1);
    yield* verifyUnaccounted(walk, next, { baseline: before, isComparable });
    yield { type: 'progress', what: `${head.pageId}: revisions`, done: number, of: head.revision };
  }
  if (before === null) return;
  // A new parser that reads the same text makes no revision and is recorded on the head only.
  const now = { ...head, parser: before.head.parser };
  if (canonicalJson(now) !== canonicalJson(before.head)) {
    yield finding(head.pageId, 'head', 'it does not follow from the last revision');
  }
}

/** Judges the captures before the next revision (null: all that are left; undefined: its record is missing). */
async function* verifyUnaccounted(
  walk: Walk,
  next: RevisionRecord | null | undefined,
  then: BaselineThen,
): AsyncGenerator<VerifyEvent> {
  if (next === undefined) return;
  const { head, tally, unaccounted } = walk;
  const until = next === null ? null : { id: next.captureId, fetchedAt: next.observedAt };
  for await (const [capture, account] of unaccounted.before(until, then)) {
    if (account === 'unjudged') {
      tally.waiting += 1;
      walk.unpublished = true;
    }
    if (account === 'unrecorded') yield unrecorded(head.pageId, capture);
  }
}

/** Reports the items that no revision of the chain explains: leftovers if the head does not name them, else findings. */
export function* verifyRest({ items, head, tally, broken }: Walk): Generator<VerifyEvent> {
  for (const [name, item] of items.held) {
    if (!items.isPartOf(head, item)) tally.leftovers += 1;
    else if (!broken) yield finding(head.pageId, name, 'no revision accounts for it');
  }
  tally.leftovers += items.revisions.size + items.leftoverChunks;
}
