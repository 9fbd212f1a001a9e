import type { DatedBlock } from '../dates/types.ts';
import { Assembly } from './changes.ts';
import { IdMint } from './identity.ts';
import { align } from './match/alignment.ts';
import { Side } from './match/key.ts';
import type { DiffMemory, DiffResult, Paragraph } from './types.ts';

export { identify } from './identity.ts';
export { newestDate } from './late.ts';

/**
 * Compares a page's last revision with the page as it is now.
 *
 * @param before the last revision's paragraphs, with ids.
 * @param after the page's blocks now, dated, in page order.
 * @param memory the history before the last revision; may be empty.
 * @param seed the page's id; new ids are made of it and of the texts.
 * @returns the new revision's paragraphs and the typed changes. No changes means that only noise differs;
 *   paragraphs without a change are copied from `before`. The same arguments always give the same result.
 */
export function diff(
  before: readonly Paragraph[],
  after: readonly DatedBlock[],
  memory: DiffMemory,
  seed: string,
): DiffResult {
  if (isUnchanged(before, after)) return { paragraphs: before, changes: [] };
  const left = new Side(before);
  const right = new Side(after);
  const ids = new IdMint(seed, () => [...before, ...memory.removed].map(({ id }) => id), memory.crowded);
  return new Assembly(left, right, align(left, right, memory), memory, ids).result();
}

/** Speed only: most looks find every paragraph as it was, and there is nothing to compare. */
function isUnchanged(before: readonly Paragraph[], after: readonly DatedBlock[]): boolean {
  const isSame = ({ text, date, marker }: Paragraph, now?: DatedBlock) =>
    marker === undefined && now?.text === text && now.date === date;
  return before.length === after.length && before.every((paragraph, at) => isSame(paragraph, after[at]));
}
