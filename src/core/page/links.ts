import { parseUrl } from '../net/parse-url.ts';
import { decode } from './decode/decode.ts';
import { parse } from './parse/parse.ts';

/** Links beyond the 20,000th are not looked at: no hub page of a chronicle has as many. */
const LINKS = ':is(a, area)[href]:lt(20000)';

/**
 * Every http and https address that a page links to, navigation and footer included, each once, in the order of the
 * page, fragments cut off.
 *
 * @param options `url` is where the page stands: relative links are resolved against it (or the page's own `<base>`).
 * @throws TooLargeError when the page has more nodes than `limits.nodes`.
 */
export function pageLinks(bytes: Uint8Array, options: { contentType: string | null; url: string }): string[] {
  const { $, base: written } = parse(decode(bytes, options.contentType).text);
  const base = resolve(written ?? undefined, options.url) ?? options.url;
  const links = new Set<string>();
  for (const { attribs } of $(LINKS)) {
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
