import type { PageOutline } from '../page/outline.ts';
import { FILLERS, PAGE_WORDS, PERSONS, SET_PHRASES, STRONG, type Topic, WEAK } from './vocabulary.ts';

/** A page with at most so many words can be a notice without addressing its visitor. */
const MAX_TERSE_WORDS = 12;
/** Share of words that must be about a topic or about pages in general; a terse page needs the higher one. */
const MIN_SHARE = 0.12;
const MIN_TERSE_SHARE = 0.24;
/** Different such words that a longer notice must have. */
const MIN_DIFFERENT_WORDS = 3;
/** Different words about pages that make a text one about pages. */
const MIN_PAGE_WORDS = 2;

const TOPICS = Object.keys(STRONG) as readonly Topic[];
const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}'-]+/gu;

/** A pattern for beginnings of words or for whole words. Chinese and Japanese have no spaces, so theirs match anywhere. */
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
const PAGE_WORD = new RegExp(pattern(PAGE_WORDS, 'beginning'), 'gu');
const PERSON = new RegExp(pattern(PERSONS, 'whole'), 'gu');
/** All words that a notice's heading may consist of. */
const HEAD_WORDS = new RegExp(
  [
    pattern([...Object.values(STRONG).flat(), ...Object.values(WEAK).flat(), ...PAGE_WORDS], 'to the end of the word'),
    pattern([...PERSONS, ...FILLERS], 'whole'),
  ].join('|'),
  'gu',
);

const matches = (text: string, words: RegExp): string[] => Array.from(text.matchAll(words), ([match]) => match);

/**
 * Recognises a notice by its words: it addresses its visitor, and many words are about access, robots, maintenance or
 * missing pages. Only for short pages that do not read like an article.
 *
 * @returns the topic with most words, or null
 */
export function noticeOf(outline: PageOutline): Topic | null {
  const text = `${outline.title} . ${outline.text}`;
  const words = matches(text, WORD).length;
  const byPhrase = TOPICS.find((topic) => SET_PHRASES[topic].some((phrase) => text.includes(phrase)));
  if (byPhrase !== undefined) return byPhrase;
  const topics = TOPICS.map((topic) => ({ topic, found: matches(text, TOPIC_OF.get(topic) ?? /$^/gu) }));
  const ofPages = matches(text, PAGE_WORD);
  const isAddressed = addressesVisitor(text);
  const different = topics.reduce((sum, { found }) => sum + new Set(found).size, 0);
  const share = (topics.reduce((sum, { found }) => sum + found.length, 0) + ofPages.length) / words;
  const isNotice =
    words <= MAX_TERSE_WORDS
      ? (ofPages.length > 0 || isAddressed || topicOf(text) !== null) && share >= MIN_TERSE_SHARE
      : different + new Set(ofPages).size >= MIN_DIFFERENT_WORDS && isAddressed && share >= MIN_SHARE;
  if (different === 0 || !isNotice) return null;
  return (
    topicOf(text) ??
    topics.reduce((most, one) => (new Set(one.found).size > new Set(most.found).size ? one : most)).topic
  );
}

/** Whether any word of the page is about a topic of notices. */
export function hasTopic({ title, text }: PageOutline): boolean {
  return TOPICS.some((topic) => `${title} . ${text}`.search(TOPIC_OF.get(topic) ?? /$^/u) >= 0);
}

/** Whether a lower-case text addresses its reader: "you", "please", "we". */
export function addressesVisitor(text: string): boolean {
  return matches(text, PERSON).length > 0;
}

/** Whether a lower-case text addresses its reader, or is about pages and servers. */
export function isAboutPages(text: string): boolean {
  return addressesVisitor(text) || new Set(matches(text, PAGE_WORD)).size >= MIN_PAGE_WORDS;
}

/** Whether a lower-case text has a word about pages and servers. */
export function mentionsPages(text: string): boolean {
  return matches(text, PAGE_WORD).length > 0;
}

/** The topic with most different strong words in a text, or null. */
export function topicOf(text: string): Topic | null {
  let best: Topic | null = null;
  let most = 0;
  for (const [topic, words] of STRONG_OF) {
    const { size } = new Set(matches(text, words));
    if (size > most) [best, most] = [topic, size];
  }
  return best;
}

/** The topic of a heading that consists of a notice's words alone ("Error 403 - Forbidden"), or null. */
export function topicOfHead(head: string): Topic | null {
  const topic = topicOf(head);
  if (topic === null) return null;
  return /[\p{L}]/u.test(head.replace(HEAD_WORDS, '')) && !CJK.test(head) ? null : topic;
}
