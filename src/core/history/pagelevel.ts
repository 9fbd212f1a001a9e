import { shownText } from '../diff/match/numbers.ts';
import type { Change, Paragraph } from '../diff/types.ts';
import { comparisonKey } from '../page/index.ts';

/** A revision's fingerprint: equal for lists that differ by noise only. List numbers are those that the page shows. */
export function revisionKey(
  paragraphs: readonly { readonly text: string; readonly marker?: string }[],
  keyOf = comparisonKey,
): string {
  return paragraphs.map((paragraph) => keyOf(shownText(paragraph))).join('\n');
}

/** Share of the page's characters, before and after, that may stay when a new issue takes a page over. */
const STAYING_SHARE = 0.5;
/** A page of fewer paragraphs is too short to distinguish a new issue from an edit. */
const MIN_PARAGRAPHS = 3;

/**
 * Whether a rolling page shows a new issue: most of both texts is in paragraphs that are added, removed, or report
 * other facts. Issues are often written to one pattern, so a paragraph whose numbers, dates or names changed is another
 * report, however many of its words are the same; one that was only reworded stays.
 */
export function isReplaced(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
  changes: readonly Change[],
): boolean {
  if (before.length < MIN_PARAGRAPHS) return false;
  const was = size(before);
  const is = size(after);
  return (
    was - replacedSize(changes, 'before') < was * STAYING_SHARE &&
    is - replacedSize(changes, 'after') < is * STAYING_SHARE
  );
}

function size(texts: readonly { readonly text: string }[]): number {
  return texts.reduce((sum, { text }) => sum + text.length, 0);
}

function replacedSize(changes: readonly Change[], side: 'before' | 'after'): number {
  return changes.reduce((sum, change) => sum + (isOtherReport(change) ? size(change[side]) : 0), 0);
}

function isOtherReport({ kind, substance }: Change): boolean {
  if (kind === 'added' || kind === 'removed' || kind === 'restored') return true;
  return (kind === 'edited' || kind === 'redated') && substance === 'facts';
}
