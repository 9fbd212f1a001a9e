import { PageError } from '../errors.ts';
import { parseUrl } from '../net/parse-url.ts';
import { decode } from './decode/decode.ts';
import { findArticle, plainArticle } from './extract/article.ts';
import { formOf, refuseBytes } from './extract/sniff.ts';
import { outlineOf, outlineOfText, type PageOutline } from './outline.ts';
import { parse } from './parse/parse.ts';
import type { PageTree } from './parse/tree.ts';
import type { Article } from './types.ts';

/** What is known of the bytes besides themselves. */
export interface PageSource {
  /** The Content-Type header, verbatim, or null where there was none (a file). */
  readonly contentType: string | null;
  /** The page's own address, or null. It chooses the site's profile. */
  readonly url: string | null;
}

/** One page, decoded and tokenised once; all that is asked of it later uses this. */
export interface OpenedPage {
  /** Bytes of the body. */
  readonly size: number;
  /** The characters; none where the bytes were refused undecoded. */
  readonly text: string;
  /** Null where the page is not HTML or could not be parsed. */
  readonly tree: PageTree | null;
  /** The article, or why there is none. */
  readonly article: Article | PageError;
  /** What the whole page looks like; read at the first call, as a page with an article seldom needs it. */
  readonly outline: () => PageOutline;
}

/**
 * Opens the body of one answer: decodes it, parses it and finds its article. Pure and deterministic; time and memory are
 * linear in the page's size. Never throws on account of the page: `article` is then a PageError with code `empty`,
 * `not-html`, `undecodable`, `too-large` or `no-article`.
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
 * The article of a page: its tracked blocks in reading order, the title, the charset as used and the page's own "last
 * modified" stamp.
 *
 * @throws PageError with code `empty`, `not-html`, `undecodable`, `too-large` or `no-article`.
 */
export function extractArticle(bytes: Uint8Array, source: PageSource): Article {
  const { article } = openPage(bytes, source);
  if (article instanceof PageError) throw article;
  return article;
}
