import type { Words } from './corpus.ts';

/** Pairs up to which every paragraph is simply compared with every other, and words up to which these are read. */
const ALL_PAIRS = 10_000;
const ALL_WORDS = 4_000_000;
/** Texts that may share a feature before it says too little to be followed. */
const FREQUENT = 16;
/** Candidates per text, and the share of the best one's score that each must have. */
const KEPT = 6;
const WORTH = 0.15;
/** Share of a text's rare features that a candidate has: an edit that keeps two fifths of the words keeps a sixth. */
const SHARED = 0.05;

/** For a text's index in the one list, the indices in the other worth comparing it with, most promising first. */
export type Candidates = (index: number) => readonly number[];

/**
 * Finds, for each of `texts`, the few `among` that share most of its rare features: words, neighbouring words, and
 * words two apart. Two or three of ten words kept at random still keep some of them. An inverted index in flat arrays,
 * features hashed into buckets; a bucket that many texts share is skipped, so the work is linear in the words whatever
 * the texts are. Few short texts are all compared with each other. Lazy: nothing is built before the first question.
 */
export function candidates(texts: readonly Words[], among: readonly Words[]): Candidates {
  if (isLittle(texts, among)) {
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

/** Whether comparing all with all costs little, in pairs and in the words that their comparisons read. */
function isLittle(texts: readonly Words[], among: readonly Words[]): boolean {
  if (texts.length * among.length > ALL_PAIRS) return false;
  const words = (list: readonly Words[]): number => list.reduce((sum, { order }) => sum + order.length, 0);
  return words(texts) * among.length + words(among) * texts.length <= ALL_WORDS;
}

class FeatureIndex {
  readonly #mask: number;
  /** Where each bucket's texts start in `#texts`. */
  readonly #starts: Uint32Array;
  readonly #texts: Uint32Array;
  readonly #score: Float64Array;
  readonly #shared: Uint32Array;
  readonly #touched: Uint32Array;
  /** One text's buckets at a time. */
  #buckets = new Uint32Array(1024);

  constructor(texts: readonly Words[]) {
    const features = texts.reduce((sum, { order }) => sum + 3 * order.length, 0);
    let size = 1024;
    while (size < features) size *= 2;
    this.#mask = size - 1;
    this.#score = new Float64Array(texts.length);
    this.#shared = new Uint32Array(texts.length);
    this.#touched = new Uint32Array(texts.length);
    const starts = new Uint32Array(size + 1);
    this.#eachBucket(texts, size, (bucket) => {
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
    });
    for (let bucket = 0; bucket < size; bucket++) {
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
    }
    const next = starts.slice(0, size);
    const filled = new Uint32Array(starts[size] ?? 0);
    this.#eachBucket(texts, size, (bucket, text) => {
      const at = next[bucket] ?? 0;
      filled[at] = text;
      next[bucket] = at + 1;
    });
    this.#starts = starts;
    this.#texts = filled;
  }

  /** Visits every text's buckets, each once a text. */
  #eachBucket(texts: readonly Words[], size: number, visit: (bucket: number, text: number) => void): void {
    const last = new Int32Array(size).fill(-1);
    texts.forEach((words, text) => {
      const count = this.#hash(words);
      for (let k = 0; k < count; k++) {
        const bucket = this.#buckets[k] ?? 0;
        if (last[bucket] === text) continue;
        last[bucket] = text;
        visit(bucket, text);
      }
    });
  }

  /** Writes the buckets of a text's features into the buffer and gives their number. */
  #hash({ order }: Words): number {
    if (this.#buckets.length < 3 * order.length) this.#buckets = new Uint32Array(6 * order.length);
    const buckets = this.#buckets;
    let at = 0;
    for (let k = 0; k < order.length; k++) {
      const word = order[k] ?? 0;
      buckets[at++] = mix(word, -1, 0) & this.#mask;
      if (k + 1 < order.length) buckets[at++] = mix(word, order[k + 1] ?? 0, 1) & this.#mask;
      if (k + 2 < order.length) buckets[at++] = mix(word, order[k + 2] ?? 0, 2) & this.#mask;
    }
    return at;
  }

  nearest(words: Words): readonly number[] {
    const scores = this.#score;
    const shared = this.#shared;
    const touched = this.#touched;
    const features = this.#hash(words);
    let count = 0;
    let rare = 0;
    for (let k = 0; k < features; k++) {
      const bucket = this.#buckets[k] ?? 0;
      const start = this.#starts[bucket] ?? 0;
      const end = this.#starts[bucket + 1] ?? 0;
      if (end - start > FREQUENT) continue;
      rare++;
      const weight = 1 / (end - start + 1);
      for (let at = start; at < end; at++) {
        const text = this.#texts[at] ?? 0;
        if (shared[text] === 0) touched[count++] = text;
        shared[text] = (shared[text] ?? 0) + 1;
        scores[text] = (scores[text] ?? 0) + weight;
      }
    }
    const due = rare * SHARED;
    const best: number[] = [];
    for (let k = 0; k < count; k++) {
      const text = touched[k] ?? 0;
      if ((shared[text] ?? 0) >= due) insertBest(best, text, scores);
    }
    const worth = (scores[best[0] ?? 0] ?? 0) * WORTH;
    const promising = best.filter((text) => (scores[text] ?? 0) >= worth);
    for (let k = 0; k < count; k++) {
      const text = touched[k] ?? 0;
      scores[text] = 0;
      shared[text] = 0;
    }
    return promising;
  }
}

/** Keeps the few highest scores in falling order; of equal ones the text that stands first. */
function insertBest(best: number[], text: number, scores: Float64Array): void {
  const score = scores[text] ?? 0;
  const before = (other: number): boolean => {
    const theirs = scores[other] ?? 0;
    return score > theirs || (score === theirs && text < other);
  };
  const worst = best[best.length - 1];
  if (best.length === KEPT && worst !== undefined && !before(worst)) return;
  let at = best.length === KEPT ? KEPT - 1 : best.length;
  for (let other = best[at - 1]; at > 0 && other !== undefined && before(other); other = best[at - 1]) {
    best[at] = other;
    at--;
  }
  best[at] = text;
}

function mix(a: number, b: number, kind: number): number {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 2 + kind * 7919, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) >>> 0;
}
