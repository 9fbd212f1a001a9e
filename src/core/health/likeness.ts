import type { Article } from '../page/types.ts';

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}';
const DAY = `\\d{1,2}(?:st|nd|rd|th)?\\.? (?:of )?${MONTH}\\b|${MONTH}\\.? \\d{1,2}\\b|\\d{4}-\\d{2}-\\d{2}\\b|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b`;
const DATED = new RegExp(`\\b(?:${DAY})`);
/** A day near the beginning: "On Monday, 10 January". With a time to the second it is a log's stamp, not an entry. */
const DATE_FIRST = new RegExp(`^(?:on )?(?:[a-z]{3,9},? )?(?:the )?(?:${DAY})(?!,?t? ?(?:at )?\\d{1,2}:\\d{2}:)`);
/** What the entries of a log begin with in any language: a time, a day of the week, a number before a word. */
const ENTRY_MARK =
  /\d{1,2}[:.]\d{2}\b|\d{1,2}月\d{1,2}日|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|^\d{1,2}(?:er|th|st|nd|rd)?\.? \p{L}{3,}/u;
/** Characters in which a block says when it happened. */
const MARKED_WITHIN = 40;
/** Shorter blocks are labels and names. */
export const SHORTEST_SENTENCE = 30;

/**
 * How much what was extracted is an article rather than a notice.
 *
 * `article`: two blocks that name different days, or three that begin with different marks of entries. `entry`: a sentence
 * that begins with its day, as in a chronicle of one entry. A notice has no days; the odd one prints when it was made.
 */
export function likenessToArticle(article: Article): 'article' | 'entry' | 'none' {
  const days = new Set<string>();
  const marks = new Set<string>();
  let entries = 0;
  for (const block of article.blocks) {
    if (block.kind === 'frontMatter') continue;
    const text = block.text.toLowerCase();
    const mark = ENTRY_MARK.exec(text.slice(0, MARKED_WITHIN));
    if (mark !== null) marks.add(mark[0]);
    const day = DATED.exec(text);
    if (day !== null) days.add(day[0]);
    if (text.length >= SHORTEST_SENTENCE && DATE_FIRST.test(text) && /[.!?]/.test(text)) entries += 1;
  }
  if (days.size >= 2 || marks.size >= 3) return 'article';
  return entries > 0 ? 'entry' : 'none';
}
