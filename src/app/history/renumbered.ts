import { shortId } from '#core/history/lineage.ts';
import type { Head } from '#core/history/types.ts';
import { Visibility, type VisibilityStore } from './visibility.ts';

/**
 * The first number that means another revision in a history than in the one that it replaces, or none; null where every
 * number means the same. An id covers all revisions before it, so the first difference is found by halves.
 */
export async function firstRenumbered(store: VisibilityStore, before: Head, next: Head): Promise<number | null> {
  const visibility = new Visibility(store);
  if ((await visibility.shortIdOf(next, before.revision)) === shortId(before.revisionId)) return null;
  let same = 0;
  let other = before.revision;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    const isSame = (await visibility.shortIdOf(next, middle)) === (await visibility.shortIdOf(before, middle));
    if (isSame) same = middle;
    else other = middle;
  }
  return other;
}
