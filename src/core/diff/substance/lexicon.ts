import { isCapital, isInitial, type Token, tokensOf } from './tokens.ts';

/** Where names are the only words with a capital, fewer than this share of the words inside sentences have one. */
const CAPITALS = 0.3;
/** Words of a page from which on that share can be seen. */
const ENOUGH = 50;

/** What a page's unchanged paragraphs show of its words: which are names, and which are words at all. */
export class Lexicon {
  readonly #texts: () => Iterable<string>;
  readonly #lower = new Set<string>();
  readonly #names = new Set<string>();
  #capitals = 0;
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
      for (const token of tokensOf(text)) {
        if (token.kind !== 'word') continue;
        this.#words++;
        if (!isCapital(token.word)) this.#lower.add(token.word);
        else if (!isInitial(token)) {
          this.#names.add(token.word);
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

  /** Whether a word with a capital names something. At the start of a sentence the rest of the page decides. */
  isName(token: Token): boolean {
    const { word } = token;
    if (!isCapital(word)) return false;
    if (/^\p{Lu}[.\p{Lu}]+$/u.test(word)) return true;
    this.#read();
    if (this.#lower.has(word.toLowerCase())) return false;
    if (this.#words >= ENOUGH && this.#capitals > this.#words * CAPITALS) return false;
    return this.#names.has(word) || !isInitial(token);
  }
}
