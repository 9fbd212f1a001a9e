import type { CheerioAPI } from 'cheerio/slim';
import { type ChildNode, type Element, isText } from 'domhandler';

/** The tree of one page, and its title, metadata and base. */
export interface PageTree {
  /**
   * Queries the whole document: `$('#content')`. Linear where a selector starts from the document, has no descendant
   * combinator or `:has`, and is used once a page; decision 3 has the cost of others.
   */
  readonly $: CheerioAPI;
  /** The body. Each document has one html, head and body, whatever tags the page has; the head holds only the title. */
  readonly root: Element;
  /** The text of the first title element, or null. */
  readonly title: string | null;
  /** Meta elements by name, property, http-equiv or itemprop in lower case; the first of equal names counts. */
  readonly meta: ReadonlyMap<string, string>;
  /** The href of the first base element, or null. */
  readonly base: string | null;
  /** The beginning of the source without its text: tags, comments, scripts. Computed at each call. */
  readonly markup: () => string;
}

/** The characters of a text node, references decoded; empty for an element. The tree has no other nodes. */
export function dataOf(node: ChildNode): string {
  return isText(node) ? node.data : '';
}
