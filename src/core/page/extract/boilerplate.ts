import type { Block } from '../types.ts';
import { isStamp } from './stamp.ts';

/** Blocks that sites put between those of an article. Only whole blocks are compared, never a part of a sentence. */
const PHRASE = new RegExp(
  `^(?:${[
    'advertisements?',
    'advertising',
    'sponsored(?: (?:content|links?|by))?',
    'story continues below(?: advertisement)?',
    'newsletters?',
    '(?:join|subscribe to|sign up (?:for|to)) (?:the|our)(?: [\\w.-]+){0,3} (?:mailing list|newsletters?|e-?mails?)',
    '(?:enter )?your e-?mail(?: address)?',
    'sign up(?: now)?',
    'subscribe(?: now)?',
    'share(?: (?:this|on|via)(?: \\w+){0,3})?',
    'tweet',
    '(?:print|e-?mail)(?: this)?(?: (?:page|article|story))?',
    'printer[- ]friendly(?: version)?',
    '(?:back|return|go) to (?:the )?top(?: of (?:the )?page)?',
    'skip to (?:main )?(?:content|navigation)',
    'comments?(?: \\(\\d+\\))?',
    'leave a (?:comment|reply)',
    'related(?: (?:articles?|stories|content|posts|links|topics))?',
    '(?:read|see|learn) more',
    'show (?:more|less)',
    '(?:previous|next|prev)(?: (?:page|article|post|story|month))?',
    'loading',
  ].join('|')})$`,
  'i',
);

const COPYRIGHT = /^(?:\u00a9|copyright\b|\(c\) ?\d{4})/i;
/** Characters; a longer block is no set phrase, stamp or copyright line. */
const MAX_PHRASE_LENGTH = 160;

/** Characters between the links of a menu. */
const BETWEEN_LINKS = /^[\s|\u00b7\u2022\u00bb\u203a>/,:[\]-]*$/;
/** Characters for each link of a menu in one line; longer ones are headlines of other articles. */
const MAX_MENU_ENTRY_LENGTH = 40;
/** Links in one line that make a menu, and fewer where a separator is between that prose does not use. */
const MIN_MENU_LINKS = 3;
const MIN_SEPARATED_MENU_LINKS = 2;

/** Whether a block is furniture by its text: a stamp, a menu in one line, a copyright line or a set phrase. */
export function isBoilerplate(block: Block): boolean {
  const { text, kind } = block;
  if (text.length > MAX_PHRASE_LENGTH) return isLinkBar(block);
  if (PHRASE.test(text.replace(/^[\W_]+|[\W_]+$/g, ''))) return true;
  if (kind === 'heading') return false;
  return isStamp(text) || (COPYRIGHT.test(text) && /\d{4}|reserved/i.test(text)) || isLinkBar(block);
}

/**
 * Links in one line with only separators between them are a menu; prose has words between links.
 */
function isLinkBar({ text, links, kind }: Block): boolean {
  const fewest = /[|\u00b7\u2022\u00bb\u203a]/.test(text) ? MIN_SEPARATED_MENU_LINKS : MIN_MENU_LINKS;
  if (kind !== 'paragraph' || links.length < fewest) return false;
  let done = 0;
  for (const { start, end } of links) {
    if (!BETWEEN_LINKS.test(text.slice(done, start))) return false;
    done = end;
  }
  return BETWEEN_LINKS.test(text.slice(done)) && text.length / links.length < MAX_MENU_ENTRY_LENGTH;
}

/** Characters outside of links that make a block prose. */
const MIN_PROSE_LENGTH = 80;
/** Share of a block's text that is a link, in a menu. */
const MIN_LINKED_SHARE = 0.9;
/** Characters of a menu's name above its links. */
const MAX_LABEL_LENGTH = 40;

/**
 * Removes menus from both ends of an article that was found by its text: links within the site before the first prose
 * and after the last, and the headings above the latter. Links to other sites are sources and stay.
 */
export function trimMenus(blocks: readonly Block[], url: URL | null): Block[] {
  const first = blocks.findIndex(isProse);
  if (first < 0) return [...blocks];
  const last = blocks.findLastIndex(isProse);
  const after = blocks.slice(last + 1);
  const kept = after.filter((block) => !isSiteLink(block, url));
  const cut = kept.length < after.length && kept.every(({ kind }) => kind === 'heading');
  return [
    ...blocks
      .slice(0, first)
      .filter((block, at) => !isSiteLink(block, url) && !isMenuLabel(block, blocks[at + 1], url)),
    ...blocks.slice(first, last + 1),
    ...(cut ? [] : kept),
  ];
}

/** A short text directly above a menu's links is the menu's name. */
function isMenuLabel({ kind, text, links }: Block, next: Block | undefined, url: URL | null): boolean {
  return (
    kind !== 'heading' &&
    links.length === 0 &&
    text.length < MAX_LABEL_LENGTH &&
    next !== undefined &&
    isSiteLink(next, url)
  );
}

function isProse(block: Block): boolean {
  return block.kind !== 'heading' && block.text.length - linkedLength(block) >= MIN_PROSE_LENGTH;
}

function linkedLength({ links }: Block): number {
  return links.reduce((sum, { start, end }) => sum + end - start, 0);
}

function isSiteLink(block: Block, url: URL | null): boolean {
  const { text, links, kind } = block;
  if (kind === 'heading' || text.length > MIN_PROSE_LENGTH || links.length === 0) return false;
  if (linkedLength(block) < text.length * MIN_LINKED_SHARE) return false;
  return links.every(
    ({ href }) => !/^(?:https?:)?\/\//i.test(href) || (url !== null && href.includes(`//${url.host}`)),
  );
}
