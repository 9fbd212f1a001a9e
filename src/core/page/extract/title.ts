import type { PageTree } from '../parse/tree.ts';
import { comparisonKey } from '../text/comparison.ts';
import { repairMojibake } from '../text/mojibake.ts';
import { normalise } from '../text/normalise.ts';
import type { Block } from '../types.ts';

const SEPARATOR = / (?:[|\u00b7\u2022\u00bb\u2013\u2014-]|--|::) |\s?\| ?/g;
/** Characters; a longer title is not divided, because a hostile one has thousands of separators. */
const MAX_DIVIDED_LENGTH = 300;
const SITE_NAME_META = ['og:site_name', 'application-name', 'apple-mobile-web-app-title', 'twitter:site'];

/**
 * The page's title: from the title element, else the metadata, else the first heading; null where it has none. The
 * site's name is removed from either end only where it is certain: the metadata or the address has that name, or the
 * remaining title is a heading of the article and the removed part has no number, which may be the month of the page.
 */
export function titleOf(tree: PageTree, url: URL | null, blocks: readonly Block[]): string | null {
  const headings = blocks.filter(({ kind }) => kind === 'heading').map(({ text }) => text);
  const written = clean(tree.title) ?? clean(tree.meta.get('og:title')) ?? clean(tree.meta.get('dc.title'));
  if (written === null) return headings[0] ?? null;
  const keys = new Set(headings.map(comparisonKey));
  if (keys.has(comparisonKey(written))) return written;
  if (written.length > MAX_DIVIDED_LENGTH) return written;
  const sites = siteNames(tree, url);
  for (const [own, rest] of divisions(written)) {
    if (sites.has(fold(rest)) || (keys.has(comparisonKey(own)) && !/\d/.test(rest))) return own;
  }
  return written;
}

function clean(text: string | null | undefined): string | null {
  return normalise(repairMojibake(text ?? '')) || null;
}

/** All divisions of a title into the page's part and the rest, the longest page's part first. */
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

/** One form for the spellings of a site's name: "Global Security", "GlobalSecurity.org", "@globalsecurity". */
function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
