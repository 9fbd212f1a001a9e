import { comparisonKey } from '../page/index.ts';
import type { Change, Paragraph } from '../diff/types.ts';

/** A revision's fingerprint: equal for lists that differ by noise only. */
export function revisionKey(paragraphs: readonly { readonly text: string }[]): string {
  return paragraphs.map(({ text }) => comparisonKey(text)).join('\n');
}

/**
 * The earlier revision that a new one returned to.
 * @param keys the fingerprints of the revisions so far, the first revision's first.
 * @param key the new revision's fingerprint.
 * @returns the newest equal revision's number (1 is the first), or null. The last revision is no candidate: being
 *   equal to it is no revision at all.
 */
export function revertedTo(keys: readonly string[], key: string): number | null {
  for (let at = keys.length - 2; at >= 0; at--) if (keys[at] === key) return at + 1;
  return null;
}

/** Share of the page's characters, before and after, that may survive a replacement. */
const SURVIVING_SHARE = 0.3;
const MIN_PARAGRAPHS = 3;

/** Whether a rolling page shows a new issue: hardly anything of the revision before is left, whatever is like it. */
export function isReplaced(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
  changes: readonly Change[],
): boolean {
  if (before.length < MIN_PARAGRAPHS || after.length < MIN_PARAGRAPHS) return false;
  const size = (texts: readonly { readonly text: string }[]): number =>
    texts.reduce((sum, { text }) => sum + text.length, 0);
  const kept = (op: 'removed' | 'added', side: 'before' | 'after', all: number): number =>
    all -
    changes.reduce((sum, change) => {
      if (change.kind === 'moved' || change.kind === 'reordered') return sum;
      if (change.words !== undefined) return sum + size(change.words.filter((run) => run.op === op));
      if (change.kind === 'split' || change.kind === 'merged' || change.kind === 'redated') return sum;
      return sum + size(change[side]);
    }, 0);
  const was = size(before);
  const is = size(after);
  return kept('removed', 'before', was) < was * SURVIVING_SHARE && kept('added', 'after', is) < is * SURVIVING_SHARE;
}
