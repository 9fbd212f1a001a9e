import { sha256 } from '#core/history/canonical.ts';
import { captureId } from '#core/history/revision.ts';
import { StoredDataError } from '../errors.ts';
import { findCapture, pageMarks, storeCapture } from '../objects/captures.ts';
import { noteAcceptance } from '../objects/documents.ts';
import type { ObjectStore } from '../ports.ts';
import { ImportRun } from './run.ts';
import type { ForeignCapture } from './types.ts';

/** Most captures that one instant of an archive's clock may hold. */
const SAME_INSTANT = 1_000;

/**
 * Stores a foreign capture under its own time. Archives count in seconds: captures of one instant are stored a millisecond
 * apart, in the order in which they are offered, so that a text that was removed and came back makes two revisions.
 * Returns its name and whether it was new; one that is there already is left.
 */
export async function takeIn(
  objects: ObjectStore,
  pageId: string,
  foreign: ForeignCapture,
  run: ImportRun = new ImportRun(new Date(foreign.fetchedAt)),
): Promise<TakenCapture> {
  const taken = await take(objects, pageId, foreign, run);
  const capture = foreign.accepted === true ? await findCapture(objects, pageId, taken.id) : null;
  if (capture !== null) await noteAcceptance(objects, capture);
  return taken;
}

interface TakenCapture {
  readonly id: string;
  readonly isNew: boolean;
}

async function take(
  objects: ObjectStore,
  pageId: string,
  foreign: ForeignCapture,
  run: ImportRun,
): Promise<TakenCapture> {
  const hash = sha256(foreign.body);
  const { id: given, url, finalUrl, status, headers, body } = foreign;
  const taken = given === null ? null : await findCapture(objects, pageId, given);
  if (taken?.sha256 === hash) {
    run.took(pageId, taken);
    return { id: taken.id, isNew: false };
  }
  const before = run.before(pageId, foreign.fetchedAt);
  if (before?.sha256 === hash) return { id: before.id, isNew: false };
  for (let shift = before === null ? 0 : before.shift + 1; shift < SAME_INSTANT; shift += 1) {
    const fetchedAt = new Date(Date.parse(foreign.fetchedAt) + shift).toISOString();
    const id = given !== null && taken === null && shift === 0 ? given : captureId(fetchedAt);
    const stored = await findCapture(objects, pageId, id);
    if (stored !== null && stored.sha256 !== hash) continue;
    const meta = { pageId, url, finalUrl, fetchedAt, status, headers, ...pageMarks(foreign) };
    run.took(pageId, stored ?? (await storeCapture(objects, id, meta, body, await run.previous(pageId))));
    run.note(pageId, foreign.fetchedAt, { shift, sha256: hash, id });
    return { id, isNew: stored === null };
  }
  throw new StoredDataError(`${pageId} has ${SAME_INSTANT} captures of ${foreign.fetchedAt} already`);
}
