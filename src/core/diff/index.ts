import type { DatedBlock } from '../dates/types.ts';
import { Assembly } from './changes.ts';
import { IdMint } from './identity.ts';
import { align } from './match/alignment.ts';
import { Side } from './match/key.ts';
import type { DiffMemory, DiffResult, Paragraph } from './types.ts';

export { ApplyError, apply, applyTexts } from './apply.ts';
export { identify } from './identity.ts';
export { newestDate } from './late.ts';

/**
 * Compares a page's last revision with what the page says now.
 *
 * @param before the last revision's paragraphs, with their identities.
 * @param after what was read just now, dated, in page order.
 * @param memory what is known of the page beyond the revision before; an empty one is fine.
 * @param seed the page's id; decides new paragraphs' ids together with their texts.
 * @returns the new revision's paragraphs and the typed changes. No changes means that nothing but noise differs;
 *   paragraphs without a change are those of `before`, word for word. The same arguments always give the same result.
 */
export function diff(
  before: readonly Paragraph[],
  after: readonly DatedBlock[],
  memory: DiffMemory,
  seed: string,
): DiffResult {
  const left = new Side(before);
  const right = new Side(after);
  const ids = new IdMint(seed, () => [...before, ...memory.gone].map(({ id }) => id));
  return new Assembly(left, right, align(left, right, memory), memory, ids).result();
}
