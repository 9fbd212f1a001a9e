import { PageError } from '../errors.ts';
import { parseUrl } from '../net/parse-url.ts';
import { decode } from './decode/decode.ts';
import { findArticle, plainArticle } from './extract/article.ts';
import { formOf, refuseBytes } from './extract/sniff.ts';
import { outlineOf, outlineOfText, type PageOutline } from './outline.ts';
import { parse } from './parse/parse.ts';
import type { PageTree } from './parse/tree.ts';
import type { Article } from './types.ts';

/** Where the bytes of a page come from. */
export interface PageSource {
  /** The Content-Type header as sent, or null where there is none (a file). */
  readonly contentType: string | null;
  /** The page's address, or null. It selects the site's profile. */
  readonly url: string | null;
}

/** One page, decoded and parsed once for all later questions. */
export interface OpenedPage {
  /** Bytes of the body. */
  readonly size: number;
  /** The decoded characters; empty where the bytes were refused before decoding. */
  readonly text: string;
  /** Null where the page is not HTML or could not be parsed. */
  readonly tree: PageTree | null;
  /** The article, or why there is none. */
  readonly article: Article | PageError;
  /** The whole page in short. Computed at the first call, because pages with an article rarely need it. */
  readonly outline: () => PageOutline;
}

/**
 * Opens the body of one answer: decodes it, parses it and finds its article. Pure and deterministic; time and memory are
 * linear in the page's size. A bad page does not throw: `article` is then a PageError with code `empty`, `not-html`,
 * `undecodable`, `too-large` or `no-article`.
 */
export function openPage(bytes: Uint8Array, { contentType, url }: PageSource): OpenedPage {
  let text = '';
  let tree: PageTree | null = null;
  let article: Article | PageError;
  try {
    refuseBytes(bytes, contentType);
    const decoded = decode(bytes, contentType);
    text = decoded.text;
    if (formOf(decoded, contentType) === 'plain') article = plainArticle(decoded);
    else {
      tree = parse(text);
      article = findArticle(tree, { url: url === null ? null : parseUrl(url), charset: decoded.charset });
    }
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    article = error;
  }
  let outline: PageOutline | null = null;
  const readOutline = (): PageOutline => {
    outline ??= tree === null ? outlineOfText(text) : outlineOf(tree);
    return outline;
  };
  return { size: bytes.length, text, tree, article, outline: readOutline };
}

/**
 * The article of a page: its blocks in reading order, title, charset and "last modified" stamp.
 *
 * @throws PageError with code `empty`, `not-html`, `undecodable`, `too-large` or `no-article`.
 */
export function extractArticle(bytes: Uint8Array, source: PageSource): Article {
  const { article } = openPage(bytes, source);
  if (article instanceof PageError) throw article;
  return article;
}
