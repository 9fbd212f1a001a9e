import type { StoredCapture } from '#core/history/types.ts';
import type { ObjectChecks } from './objects.ts';
import { finding, type Tally, type VerifyEvent } from './types.ts';

/**
 * Walks the chain of a page's captures: the one that a record names as the one before must be there, and be the record
 * that was there then. Several may name one, since a writer names the newest that it knows: such forks are counted.
 */
export async function* verifyCaptureChain(
  checks: ObjectChecks,
  pageId: string,
  captures: ReadonlyMap<string, StoredCapture | null>,
  tally: Tally,
): AsyncGenerator<VerifyEvent> {
  const followed = new Set<string | null>();
  for (const capture of captures.values()) {
    if (capture === null) continue;
    const { id, previous } = capture;
    const place = previous?.id ?? null;
    if (followed.has(place)) tally.forks += 1;
    followed.add(place);
    if (previous === null) continue;
    // Asked for again where it was not listed: an import may have stored it since. A damaged one is reported already.
    const listed = captures.get(previous.id);
    const before = listed === undefined ? await checks.capture(pageId, previous.id) : listed;
    const where = `capture ${previous.id}`;
    if (before === null && listed === undefined)
      yield finding(pageId, where, `it is missing, and capture ${id} names it`);
    if (before !== null && before.link !== previous.link)
      yield finding(pageId, where, `it is not the record that capture ${id} names`);
  }
}
