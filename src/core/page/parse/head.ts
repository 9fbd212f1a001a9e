import { type Document, type Element, isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { PageTree } from './tree.ts';

/** One walk for all, because each goes through the whole page. */
function isHead({ name, attribs, parent }: Element): boolean {
  if (name === 'title') return parent !== null && isTag(parent) && parent.name === 'head';
  return (name === 'meta' && attribs.content !== undefined) || (name === 'base' && attribs.href !== undefined);
}

/** Reads the title, metadata and base of a page, anywhere on the page. */
export function readHead(document: Document): Pick<PageTree, 'title' | 'meta' | 'base'> {
  const meta = new Map<string, string>();
  let title: string | null = null;
  let base: string | null = null;
  for (const element of DomUtils.findAll(isHead, [document])) {
    const { name, attribs } = element;
    if (name === 'title') title = DomUtils.textContent(element);
    else if (name === 'base') base ??= attribs.href ?? null;
    else {
      const key = (attribs.property ?? attribs.name ?? attribs['http-equiv'] ?? attribs.itemprop)?.trim().toLowerCase();
      if (key && attribs.content !== undefined && !meta.has(key)) meta.set(key, attribs.content);
    }
  }
  return { title, meta, base };
}
