import { type AnyNode, type Element, isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { textLength } from '../extract/furniture.ts';
import { isHidden } from '../extract/visibility.ts';
import type { Profile } from './profile.ts';

const isMain = ({ name, attribs }: Element) => name === 'main' || attribs.role === 'main';
const isArticle = ({ name, attribs }: Element) => name === 'article' || attribs.role === 'article';
const isBody = ({ attribs }: Element) => attribs.itemprop?.split(/\s+/).includes('articleBody') === true;
const isMarked = (node: AnyNode): node is Element => isTag(node) && (isMain(node) || isArticle(node) || isBody(node));
/** Marked elements that are read; a hostile page could fill the memory with more. */
const MAX_MARKED = 10_000;

/** Characters; a shorter element is a frame that scripts fill. */
const MIN_ARTICLE_LENGTH = 40;
/** Share of the text of `main` that a single `article` in it must have to be more than a teaser. */
const MIN_SHARE_OF_MAIN = 0.5;

/** Pages that mark their article by element, role or microdata. */
export const semantic: Profile = {
  name: 'semantic',
  find({ tree }) {
    const found = DomUtils.find(isMarked, [tree.root], true, MAX_MARKED).filter(isMarked);
    const marked = found.filter((element) => !isHidden(element));
    const main = marked.find(isMain);
    const articles = marked.filter(isArticle);
    const body = marked.find(isBody);
    const [only] = articles;
    const article = articles.length === 1 && only !== undefined && holdsMost(only, main) ? only : undefined;
    const root = article ?? main ?? body;
    return root === undefined || textLength(root) < MIN_ARTICLE_LENGTH ? null : { root };
  },
};

function holdsMost(article: Element, main: Element | undefined): boolean {
  return main === undefined || textLength(article) >= textLength(main) * MIN_SHARE_OF_MAIN;
}
