import type { Words } from './corpus.ts';
import { FeatureIndex } from './feature-index.ts';

/** Up to so many pairs, and words to read for them, every text is compared with every other. */
const MAX_ALL_PAIRS = 10_000;
const MAX_ALL_WORDS = 4_000_000;
/** For a text's index in one list, the indices in the other that are worth a comparison, best first. */
export type Candidates = (index: number) => readonly number[];

/**
 * Finds, for each of `texts`, the few `among` that share most of its rare features. Few short texts are all compared
 * with each other. Lazy: the index is built for the first text that needs it.
 */
export function candidates(texts: readonly Words[], among: readonly Words[]): Candidates {
  if (isCheap(texts, among)) {
    const all = among.map((_, index) => index);
    return () => all;
  }
  let index: FeatureIndex | undefined;
  const cache = new Map<number, readonly number[]>();
  return (at) => {
    const words = texts[at];
    const found = cache.get(at);
    if (found !== undefined || words === undefined) return found ?? [];
    index ??= new FeatureIndex(among);
    const nearest = index.nearest(words);
    cache.set(at, nearest);
    return nearest;
  };
}

function isCheap(texts: readonly Words[], among: readonly Words[]): boolean {
  if (texts.length * among.length > MAX_ALL_PAIRS) return false;
  const words = (list: readonly Words[]): number => list.reduce((sum, { order }) => sum + order.length, 0);
  return words(texts) * among.length + words(among) * texts.length <= MAX_ALL_WORDS;
}
