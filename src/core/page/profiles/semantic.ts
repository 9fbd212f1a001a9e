import type { Element } from 'domhandler';
import { textLength } from '../extract/furniture.ts';
import { isHidden } from '../extract/visibility.ts';
import type { Profile } from './profile.ts';

const MAIN = 'main, [role=main]';
const ARTICLE = 'article, [role=article]';
const BODY = '[itemprop~=articleBody]';
/** No page marks more; hostile ones would fill the memory with lists. */
const MARKED = `:is(${MAIN}, ${ARTICLE}, ${BODY}):lt(10000)` as const;

/** Fewer characters than this are an empty shell that a script would have filled. */
const SHORTEST_ARTICLE = 40;

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
    return root === undefined || textLength(root) < SHORTEST_ARTICLE ? null : { root };
  },
};

function holdsMost(article: Element, main: Element | undefined): boolean {
  return main === undefined || textLength(article) * 2 >= textLength(main);
}
