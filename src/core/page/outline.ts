import { isTag, type ParentNode } from 'domhandler';
import { HEADING } from './parse/elements.ts';
import { dataOf, type PageTree } from './parse/tree.ts';

/** The whole page in short, with furniture and `noscript`, for recognising pages that are no article. */
export interface PageOutline {
  /** Title, first headings and text: lower-case, with single spaces and straight apostrophes. */
  readonly title: string;
  readonly headings: readonly string[];
  /** At most about 20,000 characters. */
  readonly text: string;
  /** Tags, comments and scripts in lower case, without text: an article about markup is not taken for it. */
  readonly markup: string;
}

/** Characters of text; pages that are recognised by their outline are small. */
const MAX_TEXT_LENGTH = 20_000;
const MAX_HEADINGS = 6;
const MAX_HEADING_LENGTH = 300;
/** Elements whose content is code, not text. */
const CODE = new Set(['script', 'style', 'template', 'svg']);
/** Tags that only name hosts; the bounds keep the search linear. A good page's security policy may name the hosts of captcha vendors. */
const HOST_HINTS =
  /<meta\b[^>]{0,200}?content-security-policy[^>]*>|<link\b[^>]{0,200}?(?:preconnect|dns-prefetch)[^>]*>/g;

/** The outline of a parsed page. */
export function outlineOf(tree: PageTree): PageOutline {
  const words = new Words();
  words.walk(tree.root);
  const markup = tree.markup().toLowerCase().replace(HOST_HINTS, '');
  return { title: folded(tree.title ?? ''), headings: words.headings, text: folded(words.text), markup };
}

/** The outline of a text without markup, or of nothing. */
export function outlineOfText(text: string): PageOutline {
  return { title: '', headings: [], text: folded(text.slice(0, MAX_TEXT_LENGTH)), markup: '' };
}

/** Collects text and headings up to the limits. */
class Words {
  readonly headings: string[] = [];
  text = '';

  walk(parent: ParentNode): void {
    for (const child of parent.children) {
      if (this.text.length >= MAX_TEXT_LENGTH) return;
      if (!isTag(child)) this.text += dataOf(child).slice(0, MAX_TEXT_LENGTH);
      else if (!CODE.has(child.name)) {
        this.text += ' ';
        const start = this.text.length;
        this.walk(child);
        if (HEADING.has(child.name) && this.headings.length < MAX_HEADINGS)
          this.headings.push(folded(this.text.slice(start, start + MAX_HEADING_LENGTH)));
        this.text += ' ';
      }
    }
  }
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/\u2026/g, '...')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}
