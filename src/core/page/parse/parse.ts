import { load } from 'cheerio/slim';
import { Tokenizer } from 'htmlparser2';
import { readHead } from './head.ts';
import type { PageTree } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';

/**
 * Parses the characters of a page into a document for cheerio. Any text is accepted; time and memory are linear in its
 * length.
 *
 * @throws TooLargeError when the page has more nodes than `limits.nodes`.
 */
export function parse(text: string): PageTree {
  const source = closeTitle(text);
  const builder = new TreeBuilder(source);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, builder);
  tokenizer.write(source);
  tokenizer.end();
  const $ = load(builder.document.root);
  return { $, root: builder.document.body, ...readHead(builder.document.root), markup: () => builder.markup() };
}

/** Closes an unclosed title element at the next tag; in browsers it would contain the whole page. */
function closeTitle(text: string): string {
  const start = text.search(/<title[\s>]/i);
  if (start < 0 || /<\/title[\s>]/i.test(text.slice(start))) return text;
  const next = text.indexOf('<', start + 1);
  return next < 0 ? text : `${text.slice(0, next)}</title>${text.slice(next)}`;
}
