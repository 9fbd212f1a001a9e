import { NoArticleError } from '../errors.ts';
import type { PageTree } from '../parse/tree.ts';
import { profiles } from '../profiles/index.ts';
import type { Found, Page } from '../profiles/profile.ts';
import { normalise } from '../text/normalise.ts';
import type { Article, Block, Decoded } from '../types.ts';
import { isBoilerplate, trimMenus } from './boilerplate.ts';
import { BlockCollector } from './collector.ts';
import { markFrontMatter } from './front-matter.ts';
import { FurnitureJudge } from './furniture.ts';
import { splitPreformatted } from './preformatted.ts';
import { lastModifiedOf } from './stamp.ts';
import { titleOf } from './title.ts';

/** Where a page was read from and how it was decoded. */
interface Origin {
  readonly url: URL | null;
  readonly charset: string;
}

/**
 * Finds the article of a parsed page.
 * @throws NoArticleError where the page has no text of its own.
 */
export function findArticle(tree: PageTree, { url, charset }: Origin): Article {
  const page: Page = { tree, url };
  for (const profile of profiles) {
    const found = profile.find(page);
    if (found === null) continue;
    const collected = blocksOf(found, page);
    if (!collected.some(isProse)) continue;
    const title = titleOf(tree, url, collected);
    const blocks = markFrontMatter(collected, title, found.frontMatterBeforeHeading === true);
    return { title, blocks, charset, lastModified: lastModifiedOf(tree), foundBy: profile.name };
  }
  throw new NoArticleError('No article was found on the page: it has no text of its own.');
}

function blocksOf(found: Found, page: Page): Block[] {
  const judge = new FurnitureJudge(found.root);
  const collector = new BlockCollector((element) => judge.isFurniture(element));
  const blocks = collector.collect(found.root).filter((block) => !isBoilerplate(block));
  return found.menusMayRemain === true ? trimMenus(blocks, page.url) : blocks;
}

/** The article of a text without markup: paragraphs between blank lines. */
export function plainArticle({ text, charset }: Decoded): Article {
  const blocks = splitPreformatted(text)
    .map(normalise)
    .filter((line) => line !== '')
    .map((line): Block => ({ text: line, kind: 'paragraph', links: [] }));
  return { title: null, blocks, charset, lastModified: null, foundBy: 'plain-text' };
}

function isProse({ kind, text }: Block): boolean {
  return kind !== 'heading' && kind !== 'caption' && /[\p{L}\p{N}]/u.test(text);
}
