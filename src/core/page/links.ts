import { parseUrl } from '../net/parse-url.ts';
import type { OpenedPage } from './open-page.ts';

/** Links beyond the 20,000th are not looked at: no hub page of a chronicle has as many. */
const LINKS = ':is(a, area)[href]:lt(20000)';

/**
 * Every http and https address that a page links to, navigation and footer included, each once, in the order of the
 * page, fragments cut off. None where the page is not HTML.
 *
 * @param address where the page is: relative links are resolved against it (or the page's own `<base>`).
 */
export function pageLinks({ tree }: Pick<OpenedPage, 'tree'>, address: string): string[] {
  if (tree === null) return [];
  const base = resolve(tree.base ?? undefined, address) ?? address;
  const links = new Set<string>();
  for (const { attribs } of tree.$(LINKS)) {
    const link = resolve(attribs.href, base);
    if (link !== null) links.add(link);
  }
  return [...links];
}

function resolve(href: string | undefined, base: string): string | null {
  const url = href === undefined || href.length > 2_048 ? null : parseUrl(href.trim(), base);
  if (url === null) return null;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  return url.href;
}
