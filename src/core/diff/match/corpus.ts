import { increasing } from '../sequence.ts';

/**
 * A word is a run of letters, marks and digits. In scripts without spaces every character is a word, so that pairs of
 * neighbouring words still distinguish texts.
 */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{M}\p{N}]+/gu;
/** Speed only: the words of a text that has no other letters than these are found several times faster. */
const PLAIN = /^[\0-\x7f\u2010-\u2027]*$/;
const PLAIN_WORD = /[a-z0-9]+/g;

/** Frequent English words: weak evidence also on a page of few paragraphs. Those of other languages are found by their frequency. */
const COMMON = new Set(
  (
    'a an and are as at be been but by for from had has have he her his in into is it its more no not of on or over ' +
    'said she that the their them there they this to was were which who will with would after also'
  ).split(' '),
);
const COMMON_WEIGHT = 0.25;

/** Added to the number of texts, so that weights on a page of few paragraphs differ less. */
const PRIOR_TEXTS = 24;

/** Speed only: in a text so many times longer, words are found by binary search. */
const MIN_SEARCH_RATIO = 8;

/** The words of a text, in lower case. */
export function wordsOf(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return lower.match(PLAIN.test(lower) ? PLAIN_WORD : WORD) ?? [];
}

/** One text as its words' numbers. */
export interface Words {
  /** In text order. */
  readonly order: Int32Array;
  /** The same, sorted. */
  readonly sorted: Int32Array;
  /** Sum of the words' weights, set by {@link Corpus.seal}. */
  weight: number;
}

/**
 * The words of the compared texts and their weights. A word's weight falls with the number of texts that use it, on the
 * side where that number is higher: counted over both sides, the shared words of an edited pair would weigh less.
 */
export class Corpus {
  readonly #numbers = new Map<string, number>();
  readonly #frequency: { before: number[]; after: number[] } = { before: [], after: [] };
  readonly #texts = { before: 0, after: 0 };
  readonly #common: boolean[] = [];
  readonly #read: Words[] = [];
  #weights = new Float64Array(0);
  #place = new Int32Array(0);

  /** Reads a text and counts its words. All texts are read before {@link seal}. */
  read(text: string, side: 'before' | 'after'): Words {
    const order = Int32Array.from(wordsOf(text), (word) => this.#number(word));
    const sorted = order.slice().sort();
    const counts = this.#frequency[side];
    for (let k = 0; k < sorted.length; k++) {
      const word = sorted[k] ?? 0;
      if (k === 0 || word !== sorted[k - 1]) counts[word] = (counts[word] ?? 0) + 1;
    }
    this.#texts[side]++;
    const words = { order, sorted, weight: 0 };
    this.#read.push(words);
    return words;
  }

  #number(word: string): number {
    const found = this.#numbers.get(word);
    if (found !== undefined) return found;
    const number = this.#numbers.size;
    this.#numbers.set(word, number);
    this.#common.push(COMMON.has(word));
    return number;
  }

  /** Computes the weights. */
  seal(): void {
    const size = this.#numbers.size;
    const texts = Math.max(this.#texts.before, this.#texts.after) + PRIOR_TEXTS;
    this.#weights = new Float64Array(size);
    this.#place = new Int32Array(size).fill(-1);
    for (let word = 0; word < size; word++) {
      const frequency = Math.max(this.#frequency.before[word] ?? 0, this.#frequency.after[word] ?? 0);
      this.#weights[word] = Math.log(1 + texts / (1 + frequency)) * (this.#common[word] === true ? COMMON_WEIGHT : 1);
    }
    for (const words of this.#read) {
      for (const word of words.order) words.weight += this.weight(word);
    }
  }

  weight(word: number): number {
    return this.#weights[word] ?? 0;
  }

  /**
   * Weight of the words that two texts share, each as often as both have it. The cost depends on the shorter text, as a
   * long one may be compared with thousands of short ones.
   */
  shared(a: Words, b: Words): number {
    const [few, many] = a.sorted.length <= b.sorted.length ? [a.sorted, b.sorted] : [b.sorted, a.sorted];
    const search = many.length > few.length * MIN_SEARCH_RATIO;
    let sum = 0;
    let q = 0;
    for (let p = 0; p < few.length && q < many.length; p++) {
      const word = few[p] ?? 0;
      if (search) q = firstNotBelow(many, word, q);
      else while (q < many.length && (many[q] ?? 0) < word) q++;
      if (many[q] !== word) continue;
      sum += this.weight(word);
      q++;
    }
    return sum;
  }

  /**
   * Weight of the shared words in common order, by each word's first place in `a`. Texts that share words by chance share
   * them in any order; edits keep it.
   */
  sharedInOrder(a: Words, b: Words): number {
    for (let k = a.order.length - 1; k >= 0; k--) this.#place[a.order[k] ?? 0] = k;
    const places = new Int32Array(b.order.length);
    for (let k = 0; k < places.length; k++) {
      const word = b.order[k] ?? 0;
      places[k] = this.#place[word] ?? -1;
      this.#place[word] = -1;
    }
    for (const word of a.order) this.#place[word] = -1;
    const keep = increasing(places);
    let sum = 0;
    for (let k = 0; k < keep.length; k++) if (keep[k] === 1) sum += this.weight(b.order[k] ?? 0);
    return sum;
  }
}

/** The first index from `from` on whose value is at least `value`, in sorted values. */
function firstNotBelow(values: Int32Array, value: number, from: number): number {
  let low = from;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
