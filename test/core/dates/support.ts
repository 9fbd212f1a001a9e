import { dateBlocks, findMentions } from '#core/dates/index.ts';
import type { DateContext, DatedPage, Mention } from '#core/dates/types.ts';
import type { Block, BlockKind } from '#core/page/types.ts';

/** A page of March 2024, named by its title alone. */
export const march2024: DateContext = {
  title: 'The Harbour Strike - March 2024',
  url: 'https://news.example/harbour/index.html',
  observedAt: '2024-04-02T08:00:00Z',
};

/** A page that names no period anywhere. */
export const timeless: DateContext = { title: null, url: null, observedAt: '2031-07-01T00:00:00Z' };

export function block(text: string, kind: BlockKind = 'paragraph', level?: number): Block {
  return level === undefined ? { text, kind, links: [] } : { text, kind, links: [], level };
}

export function page(texts: readonly (string | Block)[], context: DateContext = march2024): DatedPage {
  return dateBlocks(
    texts.map((text) => (typeof text === 'string' ? block(text) : text)),
    context,
  );
}

/** `text → value` of every mention, for short expectations. */
export function read(text: string, context: DateContext = march2024): string[] {
  return findMentions(text, context).map((m) => `${m.text} → ${m.value}`);
}

/** The only mention of a text; fails where there are none or several. */
export function only(text: string, context: DateContext = march2024): Mention {
  const mentions = findMentions(text, context);
  const [mention] = mentions;
  if (mention === undefined || mentions.length !== 1) throw new Error(`expected one mention, found ${mentions.length}`);
  return mention;
}
