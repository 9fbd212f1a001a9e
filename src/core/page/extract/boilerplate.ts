import type { Block } from '../types.ts';
import { isStamp } from './stamp.ts';

/** Whole blocks that sites put among an article's own, in the words that they use for it. Never a part of a sentence. */
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
const LONGEST_COPYRIGHT = 160;

/** What stands between the links of a menu. */
const BETWEEN_LINKS = /^[\s|\u00b7\u2022\u00bb\u203a>/,:[\]-]*$/;

/** Whether a block as a whole is furniture that no markup told from the article: a stamp, a menu in one line, a set phrase. */
export function isBoilerplate(block: Block): boolean {
  const { text, kind } = block;
  if (text.length > LONGEST_COPYRIGHT) return isLinkBar(block);
  if (PHRASE.test(text.replace(/^[\W_]+|[\W_]+$/g, ''))) return true;
  if (kind === 'heading') return false;
  return isStamp(text) || (COPYRIGHT.test(text) && /\d{4}|reserved/i.test(text)) || isLinkBar(block);
}

/**
 * Links in one line with nothing but separators between them are a menu; prose has words between. Two are enough
 * where the separator is one that prose does not use.
 */
function isLinkBar({ text, links, kind }: Block): boolean {
  if (kind !== 'paragraph' || links.length < (/[|\u00b7\u2022\u00bb\u203a]/.test(text) ? 2 : 3)) return false;
  let done = 0;
  for (const { start, end } of links) {
    if (!BETWEEN_LINKS.test(text.slice(done, start))) return false;
    done = end;
  }
  return BETWEEN_LINKS.test(text.slice(done)) && text.length / links.length < 40;
}

/** Shorter text outside of links makes no paragraph of an article by itself. */
const SHORTEST_PROSE = 80;

/**
 * Cuts menus off both ends of an article that was found by its text alone: blocks before the first prose and after
 * the last that are nothing but a link within the site, and the headings over those after it. Links to other
 * sites are sources, and links between prose are the article's.
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

/** A few words right above a menu's links name the menu. */
function isMenuLabel({ kind, text, links }: Block, next: Block | undefined, url: URL | null): boolean {
  return kind !== 'heading' && links.length === 0 && text.length < 40 && next !== undefined && isSiteLink(next, url);
}

function isProse({ kind, text, links }: Block): boolean {
  const linked = links.reduce((sum, { start, end }) => sum + end - start, 0);
  return kind !== 'heading' && text.length - linked >= SHORTEST_PROSE;
}

function isSiteLink({ text, links, kind }: Block, url: URL | null): boolean {
  if (kind === 'heading' || text.length > SHORTEST_PROSE || links.length === 0) return false;
  const linked = links.reduce((sum, { start, end }) => sum + end - start, 0);
  if (linked < text.length * 0.9) return false;
  return links.every(
    ({ href }) => !/^(?:https?:)?\/\//i.test(href) || (url !== null && href.includes(`//${url.host}`)),
  );
}
