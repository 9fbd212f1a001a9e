import { comparisonKey } from '../text/comparison.ts';
import type { Block } from '../types.ts';

/**
 * Marks the blocks before the page's own heading (the one that repeats the title) as front matter: quotations always,
 * other text where `everything` is set. A page without such a heading has none.
 */
export function markFrontMatter(blocks: readonly Block[], title: string | null, everything: boolean): Block[] {
  const name = title === null ? null : comparisonKey(title);
  const own = blocks.findIndex(({ kind, text }) => kind === 'heading' && comparisonKey(text) === name);
  return blocks.map((block, at) => {
    const before = at < own && block.kind !== 'heading' && (everything || block.kind === 'quote');
    return before ? { ...block, kind: 'frontMatter' } : block;
  });
}
