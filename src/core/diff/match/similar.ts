import type { Matching } from '../types.ts';
import { bestChain } from './chain.ts';
import type { Corpus, Words } from './corpus.ts';
import { link } from './exact.ts';
import { isEdited } from './family.ts';
import { hasGrown, letterSimilarity, slotsOf } from './slots.ts';
import type { Unmatched, UnmatchedTexts } from './unmatched.ts';

/** A pair is one edited paragraph from this score on if it keeps its order among the others, */
const MIN_SCORE_IN_ORDER = 0.25;
/** … from this one if both neighbours are unchanged, as there is no other candidate, */
const MIN_SCORE_IN_SLOT = 0.2;
/** … and from this one if it moved. */
const MIN_SCORE_MOVED = 0.27;
/** More moved and edited pairs are a rewritten page: they are not compared with the page's series. */
const MAX_CHECKED_PAIRS = 64;

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly left: Unmatched;
  readonly right: Unmatched;
  readonly score: number;
}

/** Similarity of two texts, 0 to 1: the shared part of their words' weight; words in common order count double. */
export function similarity(corpus: Corpus, a: Words, b: Words): number {
  const shared = corpus.shared(a, b);
  if (shared === 0) return 0;
  const common = (shared + corpus.sharedInOrder(a, b)) / 2;
  return (2 * common) / (a.weight + b.weight);
}

/**
 * Matches edited paragraphs: first, between the matches so far, the pairs in page order with the greatest total score, so
 * that paragraphs that differ by one number are not swapped; then the paragraphs that moved too.
 */
export function linkEdits(texts: UnmatchedTexts, matching: Matching, eligible: (text: Unmatched) => boolean): void {
  const pairs = scored(texts, matching, eligible);
  for (const { i, j } of bestChain(pairs, matching)) link(matching, i, j);
  const free = ({ i, j }: Pair): boolean => (matching.target[i] ?? -1) < 0 && (matching.source[j] ?? -1) < 0;
  const moved = pairs.filter((pair) => pair.score >= MIN_SCORE_MOVED && free(pair));
  moved.sort((p, q) => q.score - p.score || Math.abs(p.i - p.j) - Math.abs(q.i - q.j) || p.j - q.j || p.i - q.i);
  const check = moved.length <= MAX_CHECKED_PAIRS;
  const rival = rivals(pairs);
  for (const pair of moved) {
    if (free(pair) && (!check || isOneParagraph(pair, texts, rival))) link(matching, pair.i, pair.j);
  }
}

/**
 * Whether a moved and changed pair is one paragraph. Reports in a fixed form are all similar: one that was removed and
 * another one that was added elsewhere are no edit.
 */
function isOneParagraph(
  { left, right, score }: Pair,
  { matchedSample, corpus }: UnmatchedTexts,
  rival: Rival,
): boolean {
  const scores = ({ words }: Unmatched): number[] => matchedSample.map((other) => similarity(corpus, other, words));
  return isEdited(score, {
    scores: [scores(left), scores(right)],
    rivals: [rival('i', left.at), rival('j', right.at)],
  });
}

/** A text's second best score; 0 where there is none. */
type Rival = (side: 'i' | 'j', at: number) => number;

function rivals(pairs: readonly Pair[]): Rival {
  const best = { i: new Map<number, number>(), j: new Map<number, number>() };
  const second = { i: new Map<number, number>(), j: new Map<number, number>() };
  for (const pair of pairs) {
    for (const side of ['i', 'j'] as const) {
      const at = pair[side];
      const most = best[side].get(at) ?? 0;
      best[side].set(at, Math.max(most, pair.score));
      second[side].set(at, Math.max(second[side].get(at) ?? 0, Math.min(most, pair.score)));
    }
  }
  return (side, at) => second[side].get(at) ?? 0;
}

function scored(texts: UnmatchedTexts, matching: Matching, eligible: (text: Unmatched) => boolean): Pair[] {
  const { corpus } = texts;
  const pairs: Pair[] = [];
  const add = (left: Unmatched, right: Unmatched, score: number): void => {
    pairs.push({ i: left.at, j: right.at, left, right, score });
  };
  const slots = slotsOf(texts, matching);
  for (const right of texts.after) {
    if (!eligible(right)) continue;
    const slot = slots.get(right);
    if (slot !== undefined && eligible(slot)) {
      const score = Math.max(similarity(corpus, slot.words, right.words), letterSimilarity(slot, right));
      if (score >= MIN_SCORE_IN_SLOT || hasGrown(corpus, slot, right))
        add(slot, right, Math.max(score, MIN_SCORE_IN_ORDER));
    }
    for (const index of texts.nearBefore(right.index)) {
      const left = texts.before[index];
      if (left === undefined || left === slot || !eligible(left)) continue;
      const score = similarity(corpus, left.words, right.words);
      if (score >= MIN_SCORE_IN_ORDER) add(left, right, score);
    }
  }
  return pairs;
}
