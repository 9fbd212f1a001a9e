import { parseUrl } from '../net/parse-url.ts';

/**
 * Where a redirect led, if to another page; null for the same page with another spelling (scheme, `www.`, trailing
 * slash, letter case, index file, extension, query).
 *
 * @param asked the page's URL
 * @param answered the URL that answered after redirects
 */
export function ledAway(asked: string, answered: string): string | null {
  const [from, to] = [parseUrl(asked), parseUrl(answered)];
  if (asked === answered || from === null || to === null) return null;
  if (site(from) !== site(to)) return `to another site, ${to.host}`;
  const before = segments(from);
  const after = segments(to);
  if (before.join('/') === after.join('/')) return null;
  if (after.length === 0) return 'to the home page';
  const detour = after.find((segment) => DETOURS.has(segment));
  if (detour !== undefined && !before.includes(detour)) return `to ${to.pathname}`;
  if (after.length < before.length && after.every((segment, i) => segment === before[i])) {
    return `to the page above, ${to.pathname}`;
  }
  return sharesWords(before.at(-1) ?? '', after.at(-1) ?? '') ? null : `to ${to.pathname}`;
}

/** Path segments of error, login and consent pages that sites redirect to. */
const DETOURS = new Set(
  (
    '404 403 500 503 error errors notfound not-found page-not-found login signin sign-in sso auth account ' +
    'consent captcha challenge blocked denied access-denied forbidden maintenance unavailable subscribe paywall'
  ).split(' '),
);

/** Share of the shorter name's words that two names of one page have in common. */
const MIN_SHARED_WORDS = 0.5;

function site(url: URL): string {
  const port = url.port === '' ? '' : `:${url.port}`;
  return url.hostname.replace(/\.$/, '').replace(/^www\./, '') + port;
}

function segments(url: URL): string[] {
  const parts = url.pathname
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '');
  const last = parts.at(-1);
  if (last !== undefined) {
    const name = last.replace(/\.(?:html?|php|aspx?|jsp|shtml|xhtml|cfm)$/, '');
    parts.pop();
    if (!['index', 'default', 'home'].includes(name)) parts.push(name);
  }
  return parts;
}

/**
 * Whether two file names are of the same page: they share enough words, and all numbers, because only a
 * number differs between the pages of a series.
 */
function sharesWords(a: string, b: string): boolean {
  const words = (name: string): string[] => [...new Set(name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))];
  const [left, right] = [words(a), words(b)];
  const numbers = (list: string[]): string =>
    list
      .filter((word) => /^\d+$/.test(word))
      .sort()
      .join(' ');
  if (numbers(left) !== numbers(right)) return false;
  const fewer = Math.min(left.length, right.length);
  return fewer > 0 && left.filter((word) => right.includes(word)).length >= fewer * MIN_SHARED_WORDS;
}
