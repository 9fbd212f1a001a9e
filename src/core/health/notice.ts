import type { PageOutline } from '../page/outline.ts';
import { ADDRESS, FILLERS, PERSONS, SET_PHRASES, STRONG, type Topic, WEAK } from './vocabulary.ts';

/** On a page of so few words nobody needs to be spoken to. */
const TERSE_WORDS = 12;
/** Share of a notice's words that are about access, robots, maintenance, missing pages, or about pages as such. */
const MIN_SHARE = 0.12;

const TOPICS = Object.keys(STRONG) as readonly Topic[];
const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}'-]+/gu;

/** A pattern of words by their beginnings, or of whole ones; scripts without spaces have no beginnings of words. */
function pattern(starts: readonly string[], after: 'beginning' | 'whole' | 'to the end of the word'): string {
  const tail = { beginning: '', whole: "(?![\\p{L}\\p{N}'-])", 'to the end of the word': "[\\p{L}\\p{N}'-]*" }[after];
  const spaced = starts.filter((start) => !CJK.test(start));
  const unspaced = starts.filter((start) => CJK.test(start));
  return [`(?<![\\p{L}\\p{N}'-])(?:${spaced.join('|')})${tail}`, ...unspaced].join('|');
}

const STRONG_OF = new Map(
  TOPICS.map((topic) => [topic, new RegExp(pattern(STRONG[topic], 'beginning'), 'gu')] as const),
);
const TOPIC_OF = new Map(
  TOPICS.map((topic) => [topic, new RegExp(pattern([...STRONG[topic], ...WEAK[topic]], 'beginning'), 'gu')] as const),
);
const ADDRESSES = new RegExp(pattern(ADDRESS, 'beginning'), 'gu');
const SPOKEN_TO = new RegExp(pattern(PERSONS, 'whole'), 'gu');
/** What a notice's heading consists of, to the ends of its words. */
const HEAD_WORDS = new RegExp(
  [
    pattern([...Object.values(STRONG).flat(), ...Object.values(WEAK).flat(), ...ADDRESS], 'to the end of the word'),
    pattern([...PERSONS, ...FILLERS], 'whole'),
  ].join('|'),
  'gu',
);

const matches = (text: string, words: RegExp): string[] => Array.from(text.matchAll(words), ([match]) => match);

/**
 * Recognises a notice that no mark gives away, by what it is made of: it is short, it speaks to its visitor, and many of
 * its words are about access, robots, maintenance or missing pages. Asked only of pages that do not read like an article.
 *
 * @returns the topic that it has most words of, or null
 */
export function noticeOf(outline: PageOutline): Topic | null {
  const text = `${outline.title} . ${outline.text}`;
  const said = TOPICS.find((topic) => SET_PHRASES[topic].some((phrase) => text.includes(phrase)));
  if (said !== undefined) return said;
  const words = matches(text, WORD).length;
  const topics = TOPICS.map((topic) => ({ topic, found: matches(text, TOPIC_OF.get(topic) ?? /$^/gu) }));
  const address = matches(text, ADDRESSES);
  const isSpokenTo = matches(text, SPOKEN_TO).length > 0;
  const different = topics.reduce((sum, { found }) => sum + new Set(found).size, 0);
  const share = (topics.reduce((sum, { found }) => sum + found.length, 0) + address.length) / words;
  const isNotice =
    words <= TERSE_WORDS
      ? different >= 1 && (address.length >= 1 || isSpokenTo || topicOf(text) !== null) && share >= MIN_SHARE * 2
      : different >= 1 && different + new Set(address).size >= 3 && isSpokenTo && share >= MIN_SHARE;
  if (!isNotice) return null;
  return (
    topicOf(text) ??
    topics.reduce((most, one) => (new Set(one.found).size > new Set(most.found).size ? one : most)).topic
  );
}

/** Whether any word of the page is about what notices are about. */
export function hasTopic({ title, text }: PageOutline): boolean {
  return TOPICS.some((topic) => `${title} . ${text}`.search(TOPIC_OF.get(topic) ?? /$^/u) >= 0);
}

/** Whether a lower-case text speaks to somebody. */
export function speaksToVisitor(text: string): boolean {
  return matches(text, SPOKEN_TO).length > 0;
}

/** Whether a lower-case text speaks to a visitor, or of pages and servers. */
export function speaksOfItself(text: string): boolean {
  return matches(text, SPOKEN_TO).length > 0 || new Set(matches(text, ADDRESSES)).size >= 2;
}

/** The topic that a text has most strong words of, or null. */
export function topicOf(text: string): Topic | null {
  let best: Topic | null = null;
  let most = 0;
  for (const [topic, words] of STRONG_OF) {
    const { size } = new Set(matches(text, words));
    if (size > most) [best, most] = [topic, size];
  }
  return best;
}

/** The topic of a title's part or a heading that consists of nothing but a notice's words ("Error 403 - Forbidden"). */
export function topicOfHead(head: string): Topic | null {
  const topic = topicOf(head);
  if (topic === null) return null;
  return /[\p{L}]/u.test(head.replace(HEAD_WORDS, '')) && !CJK.test(head) ? null : topic;
}
