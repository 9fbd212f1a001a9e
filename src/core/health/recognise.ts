import { PageError } from '../errors.ts';
import type { OpenedPage } from '../page/open-page.ts';
import type { PageOutline } from '../page/outline.ts';
import type { Article } from '../page/types.ts';
import { FIREWALLS } from './firewalls.ts';
import { noticeOf } from './notice.ts';
import { PHRASES } from './phrases/index.ts';
import { MAINTENANCE } from './phrases/maintenance.ts';
import { SERVERS } from './servers.ts';
import type { Evidence, Signature } from './signature.ts';
import type { HealthReason } from './types.ts';
import { VENDORS } from './vendors.ts';

const SIGNATURES: readonly Signature[] = [...VENDORS, ...FIREWALLS, ...SERVERS];

/** What a page was recognised as. */
export interface Recognised {
  readonly reason: HealthReason;
  /** Whose page it is, or the words that gave it away. */
  readonly who: string;
}

/** Visible text that a page known by its markup may have at most; the wordiest challenge pages stay below. */
const MAX_MARKED_TEXT = 6000;
/** Visible text that a page known by its words may have at most. */
const MAX_WORDED_TEXT = 1500;
/** Article text that a site's own "not found" or "blocked" may have; its navigation does not count. */
const MAX_HEADED_ARTICLE = 900;
/** Below this, a title or heading that says it all needs nobody to agree with it. */
const MAX_TERSE_ARTICLE = 400;
/** Visible text up to which one set sentence anywhere is enough. */
const MAX_SENTENCE_TEXT = 600;

/**
 * Recognises block, captcha, maintenance, error and placeholder pages.
 *
 * What protects an article that talks about such pages: it is dated or long (see {@link likenessToArticle}), its own
 * words are not the markup that vendors are known by, and words alone only count on a small page.
 *
 * @param headers of the answer, names in lower case
 */
export function recognise(page: OpenedPage, headers: Evidence['headers']): Recognised | null {
  const article = page.article instanceof PageError ? null : page.article;
  const evidence: Evidence = {
    headers,
    get shape() {
      return page.outline();
    },
  };
  const byHeader = SIGNATURES.find((signature) => signature.by === 'header' && signature.clue(evidence));
  if (byHeader !== undefined) return named(byHeader);
  const likeness = article === null ? 'none' : likenessToArticle(article);
  if (likeness === 'article') return null;

  const { length } = evidence.shape.text;
  const matches = (by: Signature['by'], most: number): Signature | undefined =>
    length > most ? undefined : SIGNATURES.find((signature) => signature.by === by && signature.clue(evidence));
  if (likeness === 'entry') return announcedMaintenance(evidence.shape);
  const marked = matches('mark', MAX_MARKED_TEXT);
  if (marked !== undefined) return named(marked);
  if (likeness === 'prose') return null;
  const worded = matches('words', MAX_WORDED_TEXT);
  if (worded !== undefined) return named(worded);
  const described = bySelfDescription(evidence.shape, article) ?? bySentence(evidence.shape);
  if (described !== null) return described;
  const notice = noticeOf(evidence.shape);
  return notice === null ? null : { reason: notice, who: 'a notice to its visitors' };
}

/** The one notice that begins with a day: "On Saturday, 15 January, this site will be down for maintenance". */
function announcedMaintenance(shape: PageOutline): Recognised | null {
  const heads = headsOf(shape);
  const head = MAINTENANCE.heads.find((phrase) => heads.includes(bare(phrase)));
  const isSaid = MAINTENANCE.sentences.some((sentence) => shape.text.includes(sentence));
  return head !== undefined && isSaid ? { reason: 'maintenance', who: `"${head}"` } : null;
}

/** A page whose title or heading is nothing but "Access denied", "Page not found" …, and whose body agrees. */
function bySelfDescription(shape: PageOutline, article: Article | null): Recognised | null {
  const articleText = article === null ? 0 : article.blocks.reduce((sum, block) => sum + block.text.length, 0);
  const length = Math.min(articleText, shape.text.length);
  if (length > MAX_HEADED_ARTICLE) return null;
  const heads = headsOf(shape);
  for (const { reason, heads: known, bodies } of PHRASES) {
    const head = known.find((phrase) => heads.includes(bare(phrase)));
    if (head === undefined) continue;
    if (length <= MAX_TERSE_ARTICLE || bodies.some((body) => shape.text.includes(body)))
      return { reason, who: `"${head}"` };
  }
  return null;
}

/** A tiny page that says somewhere what it is. */
function bySentence(shape: PageOutline): Recognised | null {
  if (shape.text.length > MAX_SENTENCE_TEXT) return null;
  for (const { reason, sentences } of PHRASES) {
    const said = sentences.find((sentence) => shape.text.includes(sentence) || shape.title.includes(sentence));
    if (said !== undefined) return { reason, who: `"${said}"` };
  }
  return null;
}

function headsOf(shape: PageOutline): string[] {
  return [...titleParts(shape.title), ...shape.headings.map(bare)];
}

/** A title's parts: sites put their own name before or after. */
function titleParts(title: string): string[] {
  return title.split(/ [|–—\-·»«•:] |: /).map(bare);
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

function named(signature: Signature): Recognised {
  return { reason: signature.reason, who: signature.who };
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}';
const DAY = `\\d{1,2}(?:st|nd|rd|th)?\\.? (?:of )?${MONTH}\\b|${MONTH}\\.? \\d{1,2}\\b|\\d{4}-\\d{2}-\\d{2}\\b|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b`;
const DATED = new RegExp(`\\b(?:${DAY})`);
/** A day near the beginning: "On Monday, 10 January". With a time to the second it is a log's stamp, not an entry. */
const DATE_FIRST = new RegExp(`^(?:on )?(?:[a-z]{3,9},? )?(?:the )?(?:${DAY})(?!,?t? ?(?:at )?\\d{1,2}:\\d{2}:)`);
/** Only a block's beginning and some more is looked at: a chronicle's paragraph names its day early. */
const DATED_WITHIN = 400;
const SHORTEST_SENTENCE = 30;
const SHORTEST_ENTRY = 60;
const LONG_PARAGRAPH = 120;

/**
 * How much what was extracted is an article rather than a notice.
 *
 * `article`: two paragraphs or headings that name different days, or five long paragraphs. `entry`: a sentence that
 * begins with its day, as in a chronicle of one entry. `prose`: three long paragraphs, as the wordiest notices have
 * too. A notice has no days; the odd one prints the time at which it was made.
 */
export function likenessToArticle(article: Article): 'article' | 'entry' | 'prose' | 'none' {
  const days = new Set<string>();
  let long = 0;
  let entries = 0;
  for (const { text, kind } of article.blocks) {
    if (kind === 'frontMatter') continue;
    if (text.length >= LONG_PARAGRAPH) long += 1;
    if (text.length < SHORTEST_SENTENCE && kind !== 'heading') continue;
    const start = text.slice(0, DATED_WITHIN).toLowerCase();
    const day = DATED.exec(start);
    if (day !== null) days.add(day[0]);
    if (text.length >= SHORTEST_ENTRY && DATE_FIRST.test(start) && /[.!?]/.test(text)) entries += 1;
  }
  if (days.size >= 2 || long >= 5) return 'article';
  if (entries > 0) return 'entry';
  return long >= 3 ? 'prose' : 'none';
}
