import { PageError } from '../errors.ts';
import type { OpenedPage } from '../page/open-page.ts';
import type { PageOutline } from '../page/outline.ts';
import type { Article, Block } from '../page/types.ts';
import { likenessToArticle, MIN_SENTENCE_LENGTH } from './likeness.ts';
import { addressesVisitor, hasTopic, isAboutPages, mentionsPages, noticeOf, topicOf, topicOfHead } from './notice.ts';
import type { HealthReason } from './types.ts';
import { VENDORS, type Vendor } from './vendors.ts';

/** What a page was recognised as. */
export interface Recognised {
  readonly reason: HealthReason;
  /** Whose page it is, or the words by which it was recognised. */
  readonly who: string;
}

/** Characters of article text; longer pages are no notices. Navigation does not count. */
const MAX_NOTICE_LENGTH = 900;
/** Sentences that do not address the visitor; pages with more are no notices. */
const MAX_PLAIN_SENTENCES = 3;
/** Characters of article text up to which one strong word in a heading is enough, whatever the text is about. */
const MAX_TERSE_LENGTH = 150;

/**
 * Recognises block, captcha, maintenance, error and placeholder pages.
 *
 * An article about such pages is safe: it is dated or long (see {@link likenessToArticle}), marks of vendors count in
 * markup only, and quotations do not count.
 *
 * @param headers of the answer, names in lower case
 */
export function recognise(page: OpenedPage, headers: Readonly<Record<string, string>>): Recognised | null {
  const byHeader = VENDORS.find(({ header }) => header !== undefined && isSent(headers, header));
  if (byHeader !== undefined) return byHeader;
  const article = page.article instanceof PageError ? null : page.article;
  const likeness = article === null ? 'none' : likenessToArticle(article);
  if (likeness === 'article') return null;
  const articleText = textOf(article);
  if (articleText.length > MAX_NOTICE_LENGTH) return null;
  const outline = withoutQuotes(page.outline());
  if (likeness === 'entry') return datedNotice(outline, bodyOf(article));
  const { markup } = outline;
  const hasAny = (needles: readonly string[] | undefined): boolean =>
    needles?.some((needle) => markup.includes(needle)) === true;
  const marked = VENDORS.find(({ marks }) => hasAny(marks));
  if (marked !== undefined) return marked;
  if (plainSentences(article) > MAX_PLAIN_SENTENCES) return null;
  const hinted = articleText === '' || hasTopic(outline) ? VENDORS.find(({ hints }) => hasAny(hints)) : undefined;
  if (hinted !== undefined) return hinted;
  return byHeading(outline, bodyOf(article)) ?? byNotice(outline) ?? byLogin(outline) ?? byShell(outline, article);
}

/** Removes quotations: articles quote notices, and notices contain none. */
function withoutQuotes({ title, headings, text, markup }: PageOutline): PageOutline {
  const own = (words: string): string => words.replace(QUOTED, ' ');
  return { title: own(title), headings: headings.map(own), text: own(text), markup };
}

/** Characters; two quotation marks farther apart do not belong together. */
const MAX_QUOTATION_LENGTH = 200;
const QUOTED = new RegExp(
  `["\u201c\u201e\u00ab][^"\u201c-\u201e\u00ab\u00bb]{1,${MAX_QUOTATION_LENGTH}}["\u201c\u201d\u00bb]`,
  'g',
);

/** How many blocks of a sentence's length do not address the visitor. */
function plainSentences(article: Article | null): number {
  return (article?.blocks ?? []).filter((block) => !isShort(block) && !addressesVisitor(block.text.toLowerCase()))
    .length;
}

function isSent(headers: Readonly<Record<string, string>>, [name, ...values]: NonNullable<Vendor['header']>): boolean {
  const value = headers[name]?.toLowerCase();
  return value !== undefined && (values.length === 0 || values.some((wanted) => value.includes(wanted)));
}

/**
 * A notice that begins with a day: "On Saturday, 15 January, this site will be down for maintenance". Its heading is of a
 * notice's words alone, and its text speaks of pages or, of another topic, to its visitor; else it is an entry with such a
 * heading.
 */
function datedNotice(outline: PageOutline, text: string): Recognised | null {
  for (const head of headsOf(outline)) {
    const topic = topicOfHead(head);
    const isSpoken = topic === 'maintenance' ? mentionsPages(text) : addressesVisitor(`${head} ${text}`);
    if (topic !== null && isSpoken) return { reason: topic, who: `"${head}"` };
  }
  return null;
}

/**
 * A page with a title or heading such as "Access denied" or "Page not found", and little else. Other words may be in it
 * where the text speaks of pages: "The blocked strait" is a piece of news.
 */
function byHeading(outline: PageOutline, text: string): Recognised | null {
  const isTerse = text.length <= MAX_TERSE_LENGTH;
  const isAbout = text === '' || isAboutPages(text);
  for (const head of headsOf(outline)) {
    const topic = isTerse && isAbout ? topicOf(head) : topicOfHead(head);
    if (topic !== null && (isTerse || isAbout)) return { reason: topic, who: `"${head}"` };
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

/** A page whose scripts load the article: some words, but no sentence. */
function byShell({ markup, text }: PageOutline, article: Article | null): Recognised | null {
  const isShell = text !== '' && markup.includes('<script') && article?.blocks.every(isShort) !== false;
  return isShell ? { reason: 'no-article', who: 'an empty frame that scripts fill' } : null;
}

const isShort = ({ text }: Block): boolean => text.length < MIN_SENTENCE_LENGTH;

const textOf = (article: Article | null): string =>
  (article?.blocks ?? []).map(({ text }) => text.toLowerCase()).join(' ');

/** The article without its headings, which may be the words in question. */
const bodyOf = (article: Article | null): string =>
  textOf(article === null ? null : { ...article, blocks: article.blocks.filter(({ kind }) => kind !== 'heading') });

/** The bound keeps the search linear. */
const PASSWORD = /<input[^>]{0,300}type=["']?password/;

/** Parts of a title, and headings, that are looked at: a hostile page may have any number. */
const MAX_HEADS = 50;

/** The headings and the parts of the title, which often has the site's name before or after the page's. */
function headsOf({ title, headings }: PageOutline): string[] {
  const heads = [...title.split(/ [|–—\-·»«•:‹›] /, MAX_HEADS), ...headings.slice(0, MAX_HEADS)];
  return heads.map(bare).filter((head) => head !== '');
}

/** The text without punctuation at its ends. A regular expression would be quadratic in the punctuation inside. */
function bare(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && MARK.test(text.charAt(start))) start += 1;
  while (end > start && MARK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const MARK = /[\s!.…:-]/;
