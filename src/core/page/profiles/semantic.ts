import type { Element } from 'domhandler';
import { textLength } from '../extract/furniture.ts';
import { isHidden } from '../extract/visibility.ts';
import type { Profile } from './profile.ts';

const MAIN = 'main, [role=main]';
const ARTICLE = 'article, [role=article]';
const BODY = '[itemprop~=articleBody]';
/** Marked elements that are read; a hostile page could fill the memory with more. */
const MAX_MARKED = 10_000;
const MARKED = `:is(${MAIN}, ${ARTICLE}, ${BODY}):lt(${MAX_MARKED})` as const;

/** Characters; a shorter element is a frame that scripts fill. */
const MIN_ARTICLE_LENGTH = 40;
/** Share of the text of `main` that a single `article` in it must have to be more than a teaser. */
const MIN_SHARE_OF_MAIN = 0.5;

/** Pages that mark their article by element, role or microdata. */
export const semantic: Profile = {
  name: 'semantic',
  find({ tree: { $ } }) {
    const marked = $(MARKED).filter((_, element) => !isHidden(element));
    const [main] = marked.filter(MAIN);
    const articles = marked.filter(ARTICLE);
    const [body] = marked.filter(BODY);
    const [only] = articles;
    const article = articles.length === 1 && only !== undefined && holdsMost(only, main) ? only : undefined;
    const root = article ?? main ?? body;
    return root === undefined || textLength(root) < MIN_ARTICLE_LENGTH ? null : { root };
  },
};

function holdsMost(article: Element, main: Element | undefined): boolean {
  return main === undefined || textLength(article) >= textLength(main) * MIN_SHARE_OF_MAIN;
}
