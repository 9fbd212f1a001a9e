import type { CheerioAPI } from 'cheerio/slim';
import { type ChildNode, type Element, isText } from 'domhandler';

/** The tree of one page, and what its head says, wherever on the page the head's elements stand. */
export interface PageTree {
  /**
   * Queries the whole document: `$('#content')`. Linear as long as a selector starts from the document, has no
   * descendant combinator or `:has`, and is asked once a page; decision 3 has the figures of what happens otherwise.
   */
  readonly $: CheerioAPI;
  /** The body. Every document has one html, head and body, however many the page writes, and only the title in its head. */
  readonly root: Element;
  /** The text of the first title element, or null. */
  readonly title: string | null;
  /** Meta elements by name, property, http-equiv or itemprop in lower case; the first of equal names counts. */
  readonly meta: ReadonlyMap<string, string>;
  /** The href of the first base element, or null. */
  readonly base: string | null;
  /** The beginning of the source without its words: tags, comments, scripts. Put together at each call. */
  readonly markup: () => string;
}

/** The characters of a piece of text, references decoded; none for an element. The tree holds nothing else. */
export function dataOf(node: ChildNode): string {
  return isText(node) ? node.data : '';
}
