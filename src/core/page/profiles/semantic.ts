import { textLength } from '../extract/furniture.ts';
import { isHidden } from '../extract/visibility.ts';
import { type ElementNode, elementsOf } from '../parse/tree.ts';
import type { Profile } from './profile.ts';

/** Fewer characters than this are an empty shell that a script would have filled. */
const SHORTEST_ARTICLE = 40;

/** Pages that mark their article by element, role or microdata. */
export const semantic: Profile = {
  name: 'semantic',
  find({ tree }) {
    const elements = [...elementsOf(tree.root)].filter((element) => !isHidden(element));
    const main = elements.filter(({ name, attributes }) => name === 'main' || attributes.role === 'main')[0];
    const articles = elements.filter(({ name, attributes }) => name === 'article' || attributes.role === 'article');
    const body = elements.find(({ attributes }) => /(?:^|\s)articleBody(?:\s|$)/.test(attributes.itemprop ?? ''));
    const [only] = articles;
    const article = articles.length === 1 && only !== undefined && holdsMost(only, main) ? only : undefined;
    const root = article ?? main ?? body;
    return root === undefined || textLength(root) < SHORTEST_ARTICLE ? null : { root };
  },
};

function holdsMost(article: ElementNode, main: ElementNode | undefined): boolean {
  return main === undefined || textLength(article) * 2 >= textLength(main);
}
