import { isTag, type ParentNode } from 'domhandler';
import { HEADING } from './parse/elements.ts';
import { dataOf, type PageTree } from './parse/tree.ts';

/** What a whole page looks like from afar, furniture and notes for browsers without scripts included. */
export interface PageOutline {
  /** Lower-case, single spaces, straight apostrophes: the title element, the first headings, all words. */
  readonly title: string;
  readonly headings: readonly string[];
  /** At most about `MOST_TEXT` characters. */
  readonly text: string;
  /** Lower-case tags, comments and scripts: the page without its words, so that words about markup do not count. */
  readonly markup: string;
}

/** Pages that differ from articles by their outline are small: no rule asks for more text than this. */
const MOST_TEXT = 20_000;
const MOST_HEADINGS = 6;
const MOST_HEADING_TEXT = 300;
/** Elements whose content is code, not words. */
const CODE = new Set(['script', 'style', 'template', 'svg']);
/** Tags that only name hosts: a page's security policy lists the hosts of challenges without being one. */
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
  return { title: '', headings: [], text: folded(text.slice(0, MOST_TEXT)), markup: '' };
}

/** Gathers text and headings, until there is enough of it. */
class Words {
  readonly headings: string[] = [];
  text = '';

  walk(parent: ParentNode): void {
    for (const child of parent.children) {
      if (this.text.length >= MOST_TEXT) return;
      if (!isTag(child)) this.text += dataOf(child).slice(0, MOST_TEXT);
      else if (!CODE.has(child.name)) {
        this.text += ' ';
        const start = this.text.length;
        this.walk(child);
        if (HEADING.has(child.name) && this.headings.length < MOST_HEADINGS)
          this.headings.push(folded(this.text.slice(start, start + MOST_HEADING_TEXT)));
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
