import type { Article } from '../page/types.ts';

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}';
const DAY = `\\d{1,2}(?:st|nd|rd|th)?\\.? (?:of )?${MONTH}\\b|${MONTH}\\.? \\d{1,2}\\b|\\d{4}-\\d{2}-\\d{2}\\b|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b`;
const DATED = new RegExp(`\\b(?:${DAY})`);
/** A day near the beginning: "On Monday, 10 January". With a time to the second it is a log's stamp, not an entry. */
const DATE_FIRST = new RegExp(`^(?:on )?(?:[a-z]{3,9},? )?(?:the )?(?:${DAY})(?!,?t? ?(?:at )?\\d{1,2}:\\d{2}:)`);
/** What the entries of a log begin with in any language: a time, a day of the week, a number before a word. */
const ENTRY_MARK =
  /\d{1,2}[:.]\d{2}\b|\d{1,2}月\d{1,2}日|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|^\d{1,2}(?:er|th|st|nd|rd)?\.? \p{L}{3,}/u;
/** Only a block's beginning and some more is looked at: a chronicle's paragraph names its day early. */
const DATED_WITHIN = 400;
export const SHORTEST_SENTENCE = 30;
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
  const marks = new Set<string>();
  let long = 0;
  let entries = 0;
  for (const { text, kind } of article.blocks) {
    if (kind === 'frontMatter') continue;
    if (text.length >= LONG_PARAGRAPH) long += 1;
    const mark = ENTRY_MARK.exec(text.slice(0, 40).toLowerCase());
    if (mark !== null) marks.add(mark[0]);
    if (text.length < SHORTEST_SENTENCE && kind !== 'heading') continue;
    const start = text.slice(0, DATED_WITHIN).toLowerCase();
    const day = DATED.exec(start);
    if (day !== null) days.add(day[0]);
    if (text.length >= SHORTEST_ENTRY && DATE_FIRST.test(start) && /[.!?]/.test(text)) entries += 1;
  }
  if (days.size >= 2 || marks.size >= 3 || long >= 5) return 'article';
  if (entries > 0) return 'entry';
  return long >= 3 ? 'prose' : 'none';
}
