import type { Block } from '../page/types.ts';
import { datePage } from './page.ts';
import type { DateContext, DatedPage, Mention } from './types.ts';

/** Mentions and event date for every block of a page, in document order. Pure; never throws. */
export function dateBlocks(blocks: readonly Block[], context: DateContext): DatedPage {
  return datePage(blocks, context);
}

/** The mentions of one text without the rest of its page; missing years come from the context's title and URL. */
export function findMentions(text: string, context: DateContext): Mention[] {
  const [block] = datePage([{ text, kind: 'paragraph', links: [] }], context).blocks;
  return [...(block?.mentions ?? [])];
}
