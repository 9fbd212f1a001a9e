import { SPACED_LETTERS, UNSPACED } from './scripts.ts';

/**
 * Words, with inner apostrophes of all kinds ("isn't", "Putin's"), and numbers with their separators. Scripts without
 * spaces give one word a letter.
 */
const WORD = new RegExp(
  `${UNSPACED}|${SPACED_LETTERS}(?:['\`\u00b4\u02bc\u2018\u2019\u2032]\\p{L}+|(?<=\\p{N})[.,]\\p{N}+)*`,
  'gu',
);

/** English words without which there is hardly a sentence, and that other languages do not have as well. */
const ENGLISH = new Set(
  (
    'the and of to that this these those were been has have his they their there with from for not would could ' +
    'should which while by said is it after'
  ).split(' '),
);

/** Share of English function words above which a text is English; it is a third to a half in real texts. */
const ENGLISH_SHARE = 0.1;

/** Endings after which a new sentence starts; quotes and brackets may follow. */
const SENTENCE_END = /(?:^|[.!?:;\u2026\u2022/])["'\u201c\u201d\u2018\u2019()[\]\s-]*$/u;
const SENTENCE_END_WINDOW = 8;

/** Where names are the only words with a capital, fewer than this share of the words inside sentences have one. */
const CAPITALS = 0.3;

/** A word in its text. */
export interface SeenWord {
  readonly word: string;
  readonly start: number;
  readonly text: string;
}

/** The words of a text. */
export function wordsOf(text: string): SeenWord[] {
  const words: SeenWord[] = [];
  for (const match of text.matchAll(WORD)) words.push({ word: match[0], start: match.index, text });
  return words;
}

/** Whether a text is English, by its function words. */
export function isEnglish(words: readonly SeenWord[]): boolean {
  const letters = words.filter(({ word }) => /^\p{L}/u.test(word));
  const english = letters.filter(({ word }) => ENGLISH.has(word.toLowerCase()));
  return english.length > 0 && english.length >= letters.length * ENGLISH_SHARE;
}

/** Whether a word is the first of its sentence, where a capital says nothing. */
export function isInitial({ text, start }: SeenWord): boolean {
  return SENTENCE_END.test(text.slice(Math.max(0, start - SENTENCE_END_WINDOW), start));
}

export function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** What a page's unchanged paragraphs tell of its words: which are names, and which are words at all. */
export class Lexicon {
  readonly #texts: () => Iterable<string>;
  readonly #lower = new Set<string>();
  readonly #names = new Set<string>();
  #capitals = 0;
  #english = 0;
  #words = 0;
  #isRead = false;

  /** @param texts read once, when the first question is asked. */
  constructor(texts: () => Iterable<string> = () => []) {
    this.#texts = texts;
  }

  #read(): void {
    if (this.#isRead) return;
    this.#isRead = true;
    for (const text of this.#texts()) {
      for (const seen of wordsOf(text)) {
        this.#words++;
        if (ENGLISH.has(seen.word.toLowerCase())) this.#english++;
        if (!isCapital(seen.word)) this.#lower.add(seen.word);
        else if (!isInitial(seen)) {
          this.#names.add(seen.word);
          this.#capitals++;
        }
      }
    }
  }

  /** Seen in a paragraph that did not change: no slip of the pen. */
  knows(word: string): boolean {
    this.#read();
    return this.#lower.has(word) || this.#names.has(word);
  }

  /** Whether the page is English, as far as it is known. */
  isEnglish(): boolean {
    this.#read();
    return this.#english > 0 && this.#english >= this.#words * ENGLISH_SHARE;
  }

  /** Whether a word with a capital names something. At the start of a sentence the rest of the page decides. */
  isName(seen: SeenWord): boolean {
    const { word } = seen;
    if (!isCapital(word)) return false;
    if (/^\p{Lu}{2,}$/u.test(word)) return true;
    this.#read();
    if (this.#lower.has(word.toLowerCase())) return false;
    if (this.#words >= 50 && this.#capitals > this.#words * CAPITALS) return false;
    return this.#names.has(word) || !isInitial(seen);
  }
}
