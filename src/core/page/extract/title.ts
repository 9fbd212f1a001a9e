import type { PageTree } from '../parse/tree.ts';
import { comparisonKey } from '../text/comparison.ts';
import { repairMojibake } from '../text/mojibake.ts';
import { normalise } from '../text/normalise.ts';
import type { Block } from '../types.ts';

const SEPARATOR = / (?:[|\u00b7\u2022\u00bb\u2013\u2014-]|--|::) |\s?\| ?/g;
/** No real title is longer; a hostile one has thousands of places to divide it at. */
const LONGEST_DIVIDED = 300;
const SITE_NAME_META = ['og:site_name', 'application-name', 'apple-mobile-web-app-title', 'twitter:site'];

/**
 * The page's own title: of the title element, else of its metadata, else its first heading; null where it has none.
 * The site's name is taken off either end only where that is certain: the page or its address says that this is the
 * site's name, or what remains is word for word a heading of the article and the rest holds no number (a month's
 * page is told from the next by its end).
 */
export function titleOf(tree: PageTree, url: URL | null, blocks: readonly Block[]): string | null {
  const headings = blocks.filter(({ kind }) => kind === 'heading').map(({ text }) => text);
  const written = clean(tree.title) ?? clean(tree.meta.get('og:title')) ?? clean(tree.meta.get('dc.title'));
  if (written === null) return headings[0] ?? null;
  const keys = new Set(headings.map(comparisonKey));
  if (keys.has(comparisonKey(written))) return written;
  if (written.length > LONGEST_DIVIDED) return written;
  const sites = siteNames(tree, url);
  for (const [own, rest] of divisions(written)) {
    if (sites.has(fold(rest)) || (keys.has(comparisonKey(own)) && !/\d/.test(rest))) return own;
  }
  return written;
}

function clean(text: string | null | undefined): string | null {
  return normalise(repairMojibake(text ?? '')) || null;
}

/** Ways to divide a title into the page's own part and the rest, the longest own part first. */
function divisions(title: string): [string, string][] {
  const cuts = [...title.matchAll(SEPARATOR)].map(({ index, 0: { length } }): [string, string] => [
    title.slice(0, index),
    title.slice(index + length),
  ]);
  const suffixes = cuts.toReversed();
  const prefixes = cuts.map(([head, tail]): [string, string] => [tail, head]);
  return [...suffixes, ...prefixes].filter(([own, rest]) => own.trim() !== '' && rest.trim() !== '');
}

function siteNames(tree: PageTree, url: URL | null): ReadonlySet<string> {
  const names = SITE_NAME_META.map((name) => fold(tree.meta.get(name) ?? ''));
  const host = url?.hostname.replace(/^www\./, '') ?? '';
  const labels = host.split('.');
  names.push(fold(host), fold(labels.length > 1 ? (labels.at(-2) ?? '') : ''));
  return new Set(names.filter((name) => name.length > 1));
}

/** Site names are written in many ways: "Global Security", "GlobalSecurity.org", "@globalsecurity". */
function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
