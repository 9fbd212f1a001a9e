import { dateBlocks } from '#core/dates/index.ts';
import type { DatedBlock } from '#core/dates/types.ts';
import { PageError } from '#core/errors.ts';
import { type OpenedPage, openPage } from '#core/page/index.ts';
import type { Article } from '#core/page/types.ts';

/** The bytes of one answer, as the comparison's own benches need them. */
export interface Seen {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly url: string;
  readonly at: string;
}

/** Reads and dates a capture as the product does. */
export function readCapture(seen: Seen): {
  readonly page: OpenedPage;
  readonly article: Article;
  readonly blocks: readonly DatedBlock[];
} {
  const page = openPage(seen.body, { contentType: seen.contentType, url: seen.url });
  const { article } = page;
  if (article instanceof PageError) throw article;
  const { blocks } = dateBlocks(article.blocks, { title: article.title, url: seen.url, observedAt: seen.at });
  return { page, article, blocks };
}

/** A page around paragraphs, with a menu and a footer as pages have. */
export function html(paragraphs: readonly string[], title = 'Chronicle of the crisis'): string {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const body = paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('\n');
  return (
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body>` +
    `<nav><a href="/">Home</a> <a href="/map">Map</a></nav><main><h1>${title}</h1>\n${body}\n</main>` +
    '<footer>Copyright. All rights reserved.</footer></body></html>'
  );
}
