import { Tokenizer } from 'htmlparser2';
import type { PageTree } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';

/**
 * Parses the characters of a page. Any text is accepted; time and memory are linear in its length.
 *
 * @throws TooLargeError when the page has more nodes than `limits.nodes`.
 */
export function parse(text: string): PageTree {
  const builder = new TreeBuilder(text);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, builder);
  tokenizer.write(text);
  tokenizer.end();
  return builder.tree();
}
