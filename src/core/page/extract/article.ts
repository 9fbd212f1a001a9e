import { parseUrl } from '../../net/parse-url.ts';
import { decode } from '../decode/decode.ts';
import { NoArticleError } from '../errors.ts';
import { parse } from '../parse/parse.ts';
import { profiles } from '../profiles/index.ts';
import type { Found, Page } from '../profiles/profile.ts';
import { normalise } from '../text/normalise.ts';
import type { Article, Block } from '../types.ts';
import { isBoilerplate, trimMenus } from './boilerplate.ts';
import { BlockCollector } from './collector.ts';
import { markFrontMatter } from './front-matter.ts';
import { FurnitureJudge, standardFurniture } from './furniture.ts';
import { splitPreformatted } from './preformatted.ts';
import { formOf, grouped, refuseBytes } from './sniff.ts';
import { lastModifiedOf } from './stamp.ts';
import { titleOf } from './title.ts';

/** What is known of the bytes besides themselves. */
export interface ExtractOptions {
  /** The Content-Type header, verbatim, or null where there was none (a file). */
  readonly contentType: string | null;
  /** The page's own address, or null. It chooses the site's profile. */
  readonly url: string | null;
}

/**
 * Reads a page: finds its article and gives the tracked blocks in reading order, the title, the charset as used and
 * the page's own "last modified" stamp. Pure and deterministic; time and memory are linear in the page's size.
 *
 * @throws PageError with code `empty`, `not-html`, `undecodable`, `too-large` or `no-article`.
 */
export function extractArticle(bytes: Uint8Array, options: ExtractOptions): Article {
  refuseBytes(bytes, options.contentType);
  const decoded = decode(bytes, options.contentType);
  const { text, charset } = decoded;
  if (formOf(decoded, options.contentType) === 'plain') return plainArticle(text, charset);
  const tree = parse(text);
  const page: Page = {
    tree,
    url: options.url === null ? null : parseUrl(options.url),
    furniture: standardFurniture(tree.$),
  };
  for (const profile of profiles) {
    const found = profile.find(page);
    if (found === null) continue;
    const collected = blocksOf(found, page);
    if (!collected.some(isProse)) continue;
    const title = titleOf(tree, page.url, collected);
    const blocks = markFrontMatter(collected, title, found.frontMatterBeforeHeading === true);
    return { title, blocks, charset, lastModified: lastModifiedOf(tree), foundBy: profile.name };
  }
  throw new NoArticleError(
    `No article was found on the page (${grouped(bytes.length)} bytes of HTML without text of its own).`,
  );
}

function blocksOf(found: Found, page: Page): Block[] {
  const judge = new FurnitureJudge(found.root, page.furniture);
  const collector = new BlockCollector((element) => judge.isFurniture(element));
  const blocks = collector.collect(found.root).filter((block) => !isBoilerplate(block));
  return found.menusMayRemain === true ? trimMenus(blocks, page.url) : blocks;
}

function plainArticle(text: string, charset: string): Article {
  const blocks = splitPreformatted(text)
    .map(normalise)
    .filter((line) => line !== '')
    .map((line): Block => ({ text: line, kind: 'paragraph', links: [] }));
  return { title: null, blocks, charset, lastModified: null, foundBy: 'plain-text' };
}

function isProse({ kind, text }: Block): boolean {
  return kind !== 'heading' && kind !== 'caption' && /[\p{L}\p{N}]/u.test(text);
}
