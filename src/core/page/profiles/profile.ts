import type { Element } from 'domhandler';
import type { PageTree } from '../parse/tree.ts';

/** What a profile gets to find the article. */
export interface Page {
  readonly tree: PageTree;
  /** The address the page was fetched from, or null. */
  readonly url: URL | null;
  /** What the standards reserve for the surroundings of an article, on the whole page. */
  readonly furniture: ReadonlySet<Element>;
}

/** Where the article stands, and how it differs from the general case. */
export interface Found {
  readonly root: Element;
  /** Everything before the page's own heading that is no heading is front matter, not only quotations. */
  readonly frontMatterBeforeHeading?: boolean;
  /** Nothing on the page says where the article ends, so menus without a name may stand at its edges. */
  readonly menusMayRemain?: boolean;
}

/** One way to find the article of a page. Profiles are asked in order; the first that finds one is used. */
export interface Profile {
  readonly name: string;
  find(page: Page): Found | null;
}
