import type { Words } from './corpus.ts';

/** Pairs up to which every paragraph is simply compared with every other. */
const ALL_PAIRS = 10_000;
/** Texts that may share a feature before it says too little to be followed. */
const FREQUENT = 16;
/** Candidates per text, and the share of the best one's score that each must have. */
const KEPT = 6;
const WORTH = 0.15;

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
  /** Where each bucket's texts start in `#texts`. */
  readonly #starts: Uint32Array;
  readonly #texts: Uint32Array;
  readonly #score: Float64Array;
  readonly #touched: Uint32Array;

  constructor(texts: readonly Words[]) {
    const features = texts.reduce((sum, { order }) => sum + 3 * order.length, 0);
    let size = 1024;
    while (size < features) size *= 2;
    this.#mask = size - 1;
    this.#score = new Float64Array(texts.length);
    this.#touched = new Uint32Array(texts.length);
    const starts = new Uint32Array(size + 1);
    const last = new Int32Array(size).fill(-1);
    const buckets = texts.map((words, text) => {
      const all = this.#buckets(words);
      let count = 0;
      for (const bucket of all) {
        if (last[bucket] === text) continue;
        last[bucket] = text;
        all[count++] = bucket;
        starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
      }
      return all.subarray(0, count);
    });
    for (let bucket = 0; bucket < size; bucket++)
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
    this.#starts = starts;
    this.#texts = new Uint32Array(starts[size] ?? 0);
    const next = starts.slice(0, size);
    buckets.forEach((own, text) => {
      for (const bucket of own) {
        const at = next[bucket] ?? 0;
        this.#texts[at] = text;
        next[bucket] = at + 1;
      }
    });
  }

  #buckets({ order }: Words): Uint32Array {
    const buckets = new Uint32Array(3 * order.length);
    let at = 0;
    for (let k = 0; k < order.length; k++) {
      const word = order[k] ?? 0;
      buckets[at++] = mix(word, -1, 0) & this.#mask;
      if (k + 1 < order.length) buckets[at++] = mix(word, order[k + 1] ?? 0, 1) & this.#mask;
      if (k + 2 < order.length) buckets[at++] = mix(word, order[k + 2] ?? 0, 2) & this.#mask;
    }
    return buckets.subarray(0, at);
  }

  nearest(words: Words): readonly number[] {
    const scores = this.#score;
    const touched = this.#touched;
    let count = 0;
    for (const bucket of this.#buckets(words)) {
      const start = this.#starts[bucket] ?? 0;
      const end = this.#starts[bucket + 1] ?? 0;
      if (end - start > FREQUENT) continue;
      const weight = 1 / (end - start + 1);
      for (let at = start; at < end; at++) {
        const text = this.#texts[at] ?? 0;
        const score = scores[text] ?? 0;
        if (score === 0) touched[count++] = text;
        scores[text] = score + weight;
      }
    }
    const best: number[] = [];
    for (let k = 0; k < count; k++) insertBest(best, touched[k] ?? 0, scores);
    const worth = (scores[best[0] ?? 0] ?? 0) * WORTH;
    const promising = best.filter((text) => (scores[text] ?? 0) >= worth);
    for (let k = 0; k < count; k++) scores[touched[k] ?? 0] = 0;
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
