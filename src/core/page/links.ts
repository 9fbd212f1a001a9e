import { parseUrl } from '../net/parse-url.ts';
import type { OpenedPage } from './open-page.ts';

/** Links that are read; no hub of a chronicle has more. */
const MAX_LINKS = 20_000;
const LINKS = `:is(a, area)[href]:lt(${MAX_LINKS})` as const;
/** Characters of a link's address. */
const MAX_ADDRESS_LENGTH = 2048;

/**
 * All http and https addresses that a page links to, with those in navigation and footer: each once, in the order of
 * the page, without fragment. None where the page is not HTML.
 *
 * @param address of the page: relative links are resolved against it, or against the page's `<base>`.
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
  const url = href === undefined || href.length > MAX_ADDRESS_LENGTH ? null : parseUrl(href.trim(), base);
  if (url === null) return null;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  return url.href;
}
