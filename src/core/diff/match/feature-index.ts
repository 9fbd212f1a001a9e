import type { Words } from './corpus.ts';

/** A feature of more texts is no evidence. */
const MAX_FEATURE_TEXTS = 16;
/** Candidates of one text. */
const MAX_CANDIDATES = 6;
/** Speed only: texts with less than this share of a text's rare features are not compared with it. */
const MIN_FEATURE_SHARE = 0.05;

/**
 * An inverted index of texts by their features: words, neighbouring words, and words two apart, so that an edit that
 * keeps two or three of ten words keeps some features. Features are hashed into buckets in flat arrays; frequent ones
 * are skipped, so that the work is linear in the words of any input.
 */
export class FeatureIndex {
  readonly #mask: number;
  /** For each bucket, the index of its first text in `#texts`. */
  readonly #starts: Uint32Array;
  readonly #texts: Uint32Array;
  readonly #score: Float64Array;
  readonly #shared: Uint32Array;
  readonly #touched: Uint32Array;
  /** The buckets of the text that is read now. */
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

  /** Visits the buckets of every text, each once a text. */
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

  /** Writes the buckets of a text's features into the buffer. @returns their number. */
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
      if (end - start > MAX_FEATURE_TEXTS) continue;
      rare++;
      const weight = 1 / (end - start + 1);
      for (let at = start; at < end; at++) {
        const text = this.#texts[at] ?? 0;
        if (shared[text] === 0) touched[count++] = text;
        shared[text] = (shared[text] ?? 0) + 1;
        scores[text] = (scores[text] ?? 0) + weight;
      }
    }
    const best: number[] = [];
    for (let k = 0; k < count; k++) {
      const text = touched[k] ?? 0;
      if ((shared[text] ?? 0) >= rare * MIN_FEATURE_SHARE) insertBest(best, text, scores);
    }
    for (let k = 0; k < count; k++) {
      scores[touched[k] ?? 0] = 0;
      shared[touched[k] ?? 0] = 0;
    }
    return best;
  }
}

/** Inserts by falling score, then by index, and drops the last beyond the maximum. */
function insertBest(best: number[], text: number, scores: Float64Array): void {
  const score = scores[text] ?? 0;
  const before = (other: number): boolean => {
    const theirs = scores[other] ?? 0;
    return score > theirs || (score === theirs && text < other);
  };
  const worst = best[best.length - 1];
  if (best.length === MAX_CANDIDATES && worst !== undefined && !before(worst)) return;
  let at = best.length === MAX_CANDIDATES ? MAX_CANDIDATES - 1 : best.length;
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
