import type { Article } from '../page/types.ts';

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}';
const DAY = `\\d{1,2}(?:st|nd|rd|th)?\\.? (?:of )?${MONTH}\\b|${MONTH}\\.? \\d{1,2}\\b|\\d{4}-\\d{2}-\\d{2}\\b|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b`;
const DATED = new RegExp(`\\b(?:${DAY})`);
/** A day at the beginning: "On Monday, 10 January". A time with seconds after it makes it a log line, not an entry. */
const DATE_FIRST = new RegExp(`^(?:on )?(?:[a-z]{3,9},? )?(?:the )?(?:${DAY})(?!,?t? ?(?:at )?\\d{1,2}:\\d{2}:)`);
/** Marks of a chronicle's entries in any language: a time, a day of the week, a number before a word. */
const ENTRY_MARK =
  /\d{1,2}[:.]\d{2}\b|\d{1,2}月\d{1,2}日|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|^\d{1,2}(?:er|th|st|nd|rd)?\.? \p{L}{3,}/u;
/** Characters from a block's start in which such a mark counts. */
const MAX_MARK_OFFSET = 40;
/** Different days, or different marks, that make an article. */
const MIN_DAYS = 2;
const MIN_MARKS = 3;
/** Shorter blocks are labels and names. */
export const MIN_SENTENCE_LENGTH = 30;

/**
 * Whether the blocks read like an article or may be a notice.
 *
 * `article`: blocks with two different days, or three different marks of entries. `entry`: a sentence that begins with
 * its day, as in a chronicle with one entry. A notice has at most one day, the one on which it was made.
 */
export function likenessToArticle(article: Article): 'article' | 'entry' | 'none' {
  const days = new Set<string>();
  const marks = new Set<string>();
  let entries = 0;
  for (const block of article.blocks) {
    if (block.kind === 'frontMatter') continue;
    const text = block.text.toLowerCase();
    const mark = ENTRY_MARK.exec(text.slice(0, MAX_MARK_OFFSET));
    if (mark !== null) marks.add(mark[0]);
    const day = DATED.exec(text);
    if (day !== null) days.add(day[0]);
    if (days.size >= MIN_DAYS || marks.size >= MIN_MARKS) return 'article';
    if (text.length >= MIN_SENTENCE_LENGTH && DATE_FIRST.test(text) && /[.!?]/.test(text)) entries += 1;
  }
  return entries > 0 ? 'entry' : 'none';
}
