import type { CheerioAPI } from 'cheerio/slim';
import type { PageTree } from './tree.ts';

/** One query for all, because each query walks through the whole page. */
const HEAD = 'head > title, meta[content], base[href]';

/** Reads the title, metadata and base of a page, anywhere on the page. */
export function readHead($: CheerioAPI): Pick<PageTree, 'title' | 'meta' | 'base'> {
  const meta = new Map<string, string>();
  let title: string | null = null;
  let base: string | null = null;
  for (const element of $(HEAD).toArray()) {
    const { name, attribs } = element;
    if (name === 'title') title = $.text([element]);
    else if (name === 'base') base ??= attribs.href ?? null;
    else {
      const key = (attribs.property ?? attribs.name ?? attribs['http-equiv'] ?? attribs.itemprop)?.trim().toLowerCase();
      if (key && attribs.content !== undefined && !meta.has(key)) meta.set(key, attribs.content);
    }
  }
  return { title, meta, base };
}
