import type { Element } from 'domhandler';
import type { PageTree } from '../parse/tree.ts';

/** The input of a profile. */
export interface Page {
  readonly tree: PageTree;
  /** The page's address, or null. */
  readonly url: URL | null;
}

/** The element that holds the article, and how to read it. */
export interface Found {
  readonly root: Element;
  /** All text before the page's own heading is front matter, not only quotations. */
  readonly frontMatterBeforeHeading?: boolean;
  /** No markup delimits the article, so menus may remain at its edges. */
  readonly menusMayRemain?: boolean;
}

/** One way to find the article of a page. Profiles are tried in order; the first that finds one is used. */
export interface Profile {
  readonly name: string;
  find(page: Page): Found | null;
}
