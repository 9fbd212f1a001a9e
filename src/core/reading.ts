import { dateBlocks } from './dates/index.ts';
import type { DatedPage } from './dates/types.ts';
import { extractArticle } from './page/index.ts';
import type { Article } from './page/types.ts';

/** What the trackers see in one page: the article and its dated blocks. */
export interface Reading {
  readonly article: Article;
  readonly dated: DatedPage;
}

export interface ReadingContext {
  /** The `Content-Type` header, or null. */
  readonly contentType: string | null;
  /** The page's address, or null for a file of unknown origin. */
  readonly url: string | null;
  /** When it was seen, ISO 8601: resolves "yesterday" where the page itself does not. */
  readonly observedAt: string;
}

/**
 * Bytes to dated paragraphs: decode, extract, date.
 * @throws PageError when the bytes hold no article (`not-html`, `empty`, `no-article` …).
 */
export function readPage(bytes: Uint8Array, context: ReadingContext): Reading {
  return readArticle(extractArticle(bytes, context), context);
}

/** The article of an opened page with its blocks dated. */
export function readArticle(
  article: Article,
  { url, observedAt }: Omit<ReadingContext, 'contentType'>,
  dated: (...page: Parameters<typeof dateBlocks>) => DatedPage = dateBlocks,
): Reading {
  return { article, dated: dated(article.blocks, { title: article.title, url, observedAt }) };
}
