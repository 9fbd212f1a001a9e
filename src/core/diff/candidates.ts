import type { Words } from './corpus.ts';

/** Pairs up to which every paragraph is simply compared with every other. */
const ALL_PAIRS = 10_000;
/** Texts that may share a feature before it says too little to be followed. */
const FREQUENT = 32;
/** Candidates per text. */
const KEPT = 8;

/** For a text's index in the one list, the indices in the other worth comparing it with, most promising first. */
export type Candidates = (index: number) => readonly number[];

/**
 * Finds, for each of `texts`, the few `among` that share most of its rare features: words, neighbouring words, and
 * words two apart. Two or three of ten words kept at random still keep some of them. An inverted index in flat arrays,
 * features hashed into buckets; a bucket that many texts share is skipped, so the work is linear in the words whatever
 * the texts are. Few texts are all compared with each other. Lazy: nothing is built before the first question.
 */
export function candidates(texts: readonly Words[], among: readonly Words[]): Candidates {
  if (texts.length * among.length <= ALL_PAIRS) {
    const all = among.map((_, index) => index);
    return () => all;
  }
  let index: FeatureIndex | undefined;
  const known = new Map<number, readonly number[]>();
  return (at) => {
    const words = texts[at];
    const found = known.get(at);
    if (found !== undefined || words === undefined) return found ?? [];
    index ??= new FeatureIndex(among);
    const nearest = index.nearest(words);
    known.set(at, nearest);
    return nearest;
  };
}

class FeatureIndex {
  readonly #mask: number;
  readonly #starts: Uint32Array;
  readonly #texts: Uint32Array;
  readonly #score: Float64Array;

  constructor(texts: readonly Words[]) {
    const features = texts.reduce((sum, { order }) => sum + 3 * order.length, 0);
    let size = 1024;
    while (size < features) size *= 2;
    this.#mask = size - 1;
    this.#starts = new Uint32Array(size + 1);
    this.#score = new Float64Array(texts.length);
    const last = new Int32Array(size).fill(-1);
    texts.forEach((words, text) => {
      this.#features(words, (bucket) => {
        if (last[bucket] === text) return;
        last[bucket] = text;
        this.#starts[bucket + 1] = (this.#starts[bucket + 1] ?? 0) + 1;
      });
    });
    for (let bucket = 0; bucket < size; bucket++) {
      this.#starts[bucket + 1] = (this.#starts[bucket + 1] ?? 0) + (this.#starts[bucket] ?? 0);
    }
    this.#texts = new Uint32Array(this.#starts[size] ?? 0);
    const next = this.#starts.slice(0, size);
    last.fill(-1);
    texts.forEach((words, text) => {
      this.#features(words, (bucket) => {
        if (last[bucket] === text) return;
        last[bucket] = text;
        const at = next[bucket] ?? 0;
        this.#texts[at] = text;
        next[bucket] = at + 1;
      });
    });
  }

  #features({ order }: Words, visit: (bucket: number) => void): void {
    for (let k = 0; k < order.length; k++) {
      const word = order[k] ?? 0;
      visit(mix(word, -1, 0) & this.#mask);
      if (k + 1 < order.length) visit(mix(word, order[k + 1] ?? 0, 1) & this.#mask);
      if (k + 2 < order.length) visit(mix(word, order[k + 2] ?? 0, 2) & this.#mask);
    }
  }

  nearest(words: Words): readonly number[] {
    const touched: number[] = [];
    this.#features(words, (bucket) => {
      const start = this.#starts[bucket] ?? 0;
      const end = this.#starts[bucket + 1] ?? 0;
      if (end - start > FREQUENT) return;
      const weight = 1 / (end - start + 1);
      for (let at = start; at < end; at++) {
        const text = this.#texts[at] ?? 0;
        const score = this.#score[text] ?? 0;
        if (score === 0) touched.push(text);
        this.#score[text] = score + weight;
      }
    });
    const score = (text: number): number => this.#score[text] ?? 0;
    const best = touched.sort((a, b) => score(b) - score(a) || a - b).slice(0, KEPT);
    for (const text of touched) this.#score[text] = 0;
    return best;
  }
}

function mix(a: number, b: number, kind: number): number {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 2 + kind * 7919, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) >>> 0;
}
