import type { Article } from '../page/types.ts';
import { PHRASES } from './phrases.ts';
import { SERVERS } from './servers.ts';
import type { PageShape } from './shape.ts';
import type { Evidence, Signature } from './signature.ts';
import type { HealthReason } from './types.ts';
import { VENDORS } from './vendors.ts';

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

/**
 * Recognises block, captcha, maintenance, error and placeholder pages.
 *
 * What protects an article that talks about such pages: it is dated or long (see {@link readsLikeAnArticle}), its own
 * words are not the markup that vendors are known by, and words alone only count on a small page.
 *
 * @param article what extraction found, or null when it found nothing
 */
export function recognise(evidence: Evidence, article: Article | null): Recognised | null {
  const signatures = [...VENDORS, ...SERVERS];
  const byHeader = signatures.find((signature) => signature.by === 'header' && signature.clue(evidence));
  if (byHeader !== undefined) return named(byHeader);
  if (article !== null && readsLikeAnArticle(article)) return null;

  const { length } = evidence.shape.text;
  const matches = (by: Signature['by'], most: number): Signature | undefined =>
    length > most ? undefined : signatures.find((signature) => signature.by === by && signature.clue(evidence));
  const known = matches('mark', MAX_MARKED_TEXT) ?? matches('words', MAX_WORDED_TEXT);
  return known === undefined ? bySelfDescription(evidence.shape, article) : named(known);
}

/** A page whose title or heading is nothing but "Access denied", "Page not found" …, and whose body agrees. */
function bySelfDescription(shape: PageShape, article: Article | null): Recognised | null {
  const articleText = article === null ? 0 : article.blocks.reduce((sum, block) => sum + block.text.length, 0);
  if (Math.min(articleText, shape.text.length) > MAX_HEADED_ARTICLE) return null;
  const heads = [...titleParts(shape.title), ...shape.headings.map(bare)];
  for (const { reason, heads: known, bodies } of PHRASES) {
    const head = known.find((phrase) => heads.includes(bare(phrase)));
    if (head === undefined) continue;
    const rest = shape.text.split(head).join(' ');
    if (rest.trim().length < 40 || bodies.some((body) => rest.includes(body))) return { reason, who: `"${head}"` };
  }
  return null;
}

/** A title's parts: sites put their own name before or after. */
function titleParts(title: string): string[] {
  return title.split(/ [|–—\-·»«•:] |: /).map(bare);
}

function bare(text: string): string {
  return text.replace(/^[\s!.…:-]+|[\s!.…:-]+$/g, '');
}

function named(signature: Signature): Recognised {
  return { reason: signature.reason, who: signature.who };
}

const DATED =
  /\b\d{1,2}(?:st|nd|rd|th)?\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}\.? \d{1,2}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.\d{1,2}\.\d{2,4}\b/;
/** Only a block's beginning and some more is looked at: a chronicle's paragraph names its day early. */
const DATED_WITHIN = 400;
const SHORTEST_SENTENCE = 30;
const LONG_PARAGRAPH = 120;

/**
 * Whether what was extracted is an article rather than a notice: at least two paragraphs that name different days, or
 * at least five long ones. A notice has neither; the odd one prints the time at which it was made.
 */
export function readsLikeAnArticle(article: Article): boolean {
  const days = new Set<string>();
  let long = 0;
  for (const { text, kind } of article.blocks) {
    if (kind === 'frontMatter') continue;
    if (text.length >= LONG_PARAGRAPH) long += 1;
    const day =
      text.length < SHORTEST_SENTENCE && kind !== 'heading'
        ? null
        : DATED.exec(text.slice(0, DATED_WITHIN).toLowerCase());
    if (day !== null) days.add(day[0]);
  }
  return days.size >= 2 || long >= 5;
}
