import { PageError } from '../errors.ts';
import type { OpenedPage } from '../page/open-page.ts';
import type { PageOutline } from '../page/outline.ts';
import type { Article, Block } from '../page/types.ts';
import { likenessToArticle, SHORTEST_SENTENCE } from './likeness.ts';
import { hasTopic, noticeOf, speaksOfItself, speaksToVisitor, topicOf, topicOfHead } from './notice.ts';
import type { HealthReason } from './types.ts';
import { VENDORS, type Vendor } from './vendors.ts';

/** What a page was recognised as. */
export interface Recognised {
  readonly reason: HealthReason;
  /** Whose page it is, or the words that gave it away. */
  readonly who: string;
}

/** Characters of article text above which no page is a notice; navigation does not count. */
const MAX_NOTICE_TEXT = 900;
/** A notice has no more sentences than this that speak to nobody. */
const MANY_SENTENCES = 4;
/** Below this, a heading that says it all needs nobody to agree with it, and one strong word in a heading is enough. */
const MAX_TERSE_ARTICLE = 150;

/**
 * Recognises block, captcha, maintenance, error and placeholder pages.
 *
 * What protects an article that talks about such pages: it is dated or long (see {@link likenessToArticle}), its own
 * words are not the markup that vendors are known by, and what it quotes is not its own.
 *
 * @param headers of the answer, names in lower case
 */
export function recognise(page: OpenedPage, headers: Readonly<Record<string, string>>): Recognised | null {
  const byHeader = VENDORS.find(({ header }) => header !== undefined && isSent(headers, header));
  if (byHeader !== undefined) return byHeader;
  const article = page.article instanceof PageError ? null : page.article;
  const likeness = article === null ? 'none' : likenessToArticle(article);
  const articleText = textOf(article);
  if (likeness === 'article' || articleText.length > MAX_NOTICE_TEXT) return null;
  const outline = withoutQuotes(page.outline());
  if (likeness === 'entry') return announcedMaintenance(outline);
  const { markup } = outline;
  const carries = (needles: readonly string[] | undefined): boolean =>
    needles?.some((needle) => markup.includes(needle)) === true;
  const marked = VENDORS.find(({ marks }) => carries(marks));
  if (marked !== undefined) return marked;
  if (sentencesToNobody(article) >= MANY_SENTENCES) return null;
  const hinted = articleText === '' || hasTopic(outline) ? VENDORS.find(({ hints }) => carries(hints)) : undefined;
  if (hinted !== undefined) return hinted;
  return bySelfDescription(outline, articleText) ?? byNotice(outline) ?? byLogin(outline) ?? byShell(outline, article);
}

/** A chronicle quotes notices; a notice quotes nobody. */
function withoutQuotes({ title, headings, text, markup }: PageOutline): PageOutline {
  const own = (words: string): string => words.replace(QUOTED, ' ');
  return { title: own(title), headings: headings.map(own), text: own(text), markup };
}

const QUOTED = /["\u201c\u201e\u00ab][^"\u201c-\u201e\u00ab\u00bb]{1,200}["\u201c\u201d\u00bb]/g;

/** How many blocks of a sentence's length do not speak to the visitor. */
function sentencesToNobody(article: Article | null): number {
  return (article?.blocks ?? []).filter((block) => !isShort(block) && !speaksToVisitor(block.text.toLowerCase()))
    .length;
}

function isSent(headers: Readonly<Record<string, string>>, [name, ...values]: NonNullable<Vendor['header']>): boolean {
  const value = headers[name]?.toLowerCase();
  return value !== undefined && (values.length === 0 || values.some((wanted) => value.includes(wanted)));
}

/** The one notice that begins with a day: "On Saturday, 15 January, this site will be down for maintenance". */
function announcedMaintenance(outline: PageOutline): Recognised | null {
  const head = headsOf(outline).find((one) => topicOfHead(one) === 'maintenance');
  return head === undefined ? null : { reason: 'maintenance', who: `"${head}"` };
}

/** A page whose title or heading is nothing but "Access denied", "Page not found" …, with little else on it. */
function bySelfDescription(outline: PageOutline, text: string): Recognised | null {
  const isTerse = text.length <= MAX_TERSE_ARTICLE;
  for (const head of headsOf(outline)) {
    const topic = isTerse ? topicOf(head) : topicOfHead(head);
    if (topic !== null && (isTerse || speaksOfItself(text))) return { reason: topic, who: `"${head}"` };
  }
  return null;
}

function byNotice(outline: PageOutline): Recognised | null {
  const topic = noticeOf(outline);
  return topic === null ? null : { reason: topic, who: 'a notice to its visitors' };
}

/** A page that asks for a password. */
function byLogin({ markup }: PageOutline): Recognised | null {
  return PASSWORD.test(markup) ? { reason: 'block-page', who: 'a form for a password' } : null;
}

/** A page whose scripts would bring the article: some words, none of them a sentence. */
function byShell({ markup, text }: PageOutline, article: Article | null): Recognised | null {
  const isShell = text !== '' && markup.includes('<script') && article?.blocks.every(isShort) !== false;
  return isShell ? { reason: 'no-article', who: 'a shell that scripts would fill' } : null;
}

const isShort = ({ text }: Block): boolean => text.length < SHORTEST_SENTENCE;

const textOf = (article: Article | null): string =>
  (article?.blocks ?? []).map(({ text }) => text.toLowerCase()).join(' ');

const PASSWORD = /<input[^>]{0,300}type=["']?password/;

/** Titles have the site's own name before or after what the page is. */
function headsOf({ title, headings }: PageOutline): string[] {
  return [...title.split(/ [|–—\-·»«•:‹›] /), ...headings].map(bare).filter((head) => head !== '');
}

/** The text without marks at its ends. Not by one pattern: a search for marks at the end is quadratic in marks within. */
function bare(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && MARK.test(text.charAt(start))) start += 1;
  while (end > start && MARK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const MARK = /[\s!.…:-]/;
