import { dateBlocks, scan } from './page.ts';
import type { DateContext, Mention } from './types.ts';

export { dateBlocks, scan };

/** The mentions of one text without the rest of its page; missing years come from the context's title and URL. */
export function findMentions(text: string, context: DateContext): Mention[] {
  const [block] = dateBlocks([{ text, kind: 'paragraph', links: [] }], context).blocks;
  return [...(block?.mentions ?? [])];
}
