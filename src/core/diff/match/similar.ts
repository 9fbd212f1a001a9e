import { increasing } from '../sequence.ts';
import type { Matching } from '../types.ts';
import type { Corpus, Words } from './corpus.ts';
import { link } from './exact.ts';
import { isNoSibling } from './family.ts';
import type { Loose, LooseTexts } from './loose.ts';
import { hasGrown, shortLikeness, slotsOf } from './slots.ts';

/** Share of weight from which on a pair is the same paragraph where it keeps its place between others, */
const IN_ORDER = 0.25;
/** … where both neighbours are the same, so that nothing else can have come of it, */
const IN_SLOT = 0.2;
/** … and where it has moved. */
const ELSEWHERE = 0.27;
/** Moved and edited pairs that are checked for being members of one family; more are a rewritten page. */
const CHECKED = 64;

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly left: Loose;
  readonly right: Loose;
  readonly score: number;
}

/** How alike two texts are, 0 to 1: the share of their words' weight that is common, in order counting double. */
export function likeness(corpus: Corpus, a: Words, b: Words): number {
  const shared = corpus.shared(a, b);
  if (shared === 0) return 0;
  const common = (shared + corpus.sharedInOrder(a, b)) / 2;
  return (2 * common) / (a.weight + b.weight);
}

/**
 * Matches the paragraphs that were edited: in the stretches between everything matched so far the chain of pairs in
 * unchanged order with the greatest likeness, which keeps paragraphs that differ by one number from being swapped; then
 * what moved and was edited.
 */
export class Likenesses {
  readonly #texts: LooseTexts;
  readonly #matching: Matching;
  readonly #eligible: (text: Loose) => boolean;

  constructor(texts: LooseTexts, matching: Matching, eligible: (text: Loose) => boolean) {
    this.#texts = texts;
    this.#matching = matching;
    this.#eligible = eligible;
  }

  link(): void {
    const pairs = scored(this.#texts, this.#matching, this.#eligible);
    const free = (pair: Pair): boolean =>
      isFree(this.#matching, pair.i, pair.j) && this.#eligible(pair.left) && this.#eligible(pair.right);
    for (const pair of chain(pairs.filter(free), this.#matching)) link(this.#matching, pair.i, pair.j);
    const rest = pairs.filter((pair) => pair.score >= ELSEWHERE && free(pair));
    rest.sort((p, q) => q.score - p.score || Math.abs(p.i - p.j) - Math.abs(q.i - q.j) || p.j - q.j || p.i - q.i);
    const check = rest.length <= CHECKED;
    const rival = rivals(pairs);
    for (const pair of rest) {
      if (isFree(this.#matching, pair.i, pair.j) && (!check || isDistinct(pair, this.#texts, rival))) {
        link(this.#matching, pair.i, pair.j);
      }
    }
  }
}

/**
 * Whether a pair that moved and changed is more than two members of one series. Reports in a fixed form are all like
 * each other: one gone here and another come there are no edit.
 */
function isDistinct({ left, right, score }: Pair, { settled, corpus }: LooseTexts, rival: Rival): boolean {
  const toLeft = settled.map((words) => likeness(corpus, words, left.words));
  const toRight = settled.map((words) => likeness(corpus, words, right.words));
  return isNoSibling(score, {
    lengths: [left.words.order.length, right.words.order.length],
    likenesses: [toLeft, toRight],
    rivals: [rival('i', left.at), rival('j', right.at)],
  });
}

/** The greatest score but the best that a text has with any other; 0 where there is none. */
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

function isFree({ source, target }: Matching, i: number, j: number): boolean {
  return (target[i] ?? -1) < 0 && (source[j] ?? -1) < 0;
}

function scored(texts: LooseTexts, matching: Matching, eligible: (text: Loose) => boolean): Pair[] {
  const { corpus } = texts;
  const pairs: Pair[] = [];
  const add = (left: Loose, right: Loose, score: number): void => {
    pairs.push({ i: left.at, j: right.at, left, right, score });
  };
  const slots = slotsOf(texts, matching);
  for (const right of texts.after) {
    if (!eligible(right)) continue;
    const slot = slots.get(right);
    if (slot !== undefined && eligible(slot)) {
      const score = Math.max(likeness(corpus, slot.words, right.words), shortLikeness(slot, right));
      if (score >= IN_SLOT || hasGrown(corpus, slot, right)) add(slot, right, Math.max(score, IN_ORDER));
    }
    for (const index of texts.nearBefore(right.index)) {
      const left = texts.before[index];
      if (left === undefined || left === slot || !eligible(left)) continue;
      const score = likeness(corpus, left.words, right.words);
      if (score >= IN_ORDER) add(left, right, score);
    }
  }
  return pairs;
}

/** The order-keeping chain of free pairs with the greatest summed likeness, within the stretches between matches. */
function chain(pairs: readonly Pair[], matching: Matching): Pair[] {
  const { source, target } = matching;
  const keep = increasing(source);
  const stretchAfter = new Int32Array(source.length);
  const isAnchor = new Uint8Array(target.length);
  let stretch = 0;
  for (let j = 0; j < source.length; j++) {
    if (keep[j] === 1) {
      stretch++;
      isAnchor[source[j] ?? 0] = 1;
    }
    stretchAfter[j] = stretch;
  }
  const stretchBefore = new Int32Array(target.length);
  stretch = 0;
  for (let i = 0; i < target.length; i++) {
    if (isAnchor[i] === 1) stretch++;
    stretchBefore[i] = stretch;
  }
  const inOrder = pairs
    .filter(({ i, j }) => stretchBefore[i] === stretchAfter[j])
    .sort((p, q) => p.j - q.j || q.i - p.i);

  const sums = new Float64Array(inOrder.length);
  const previous = new Int32Array(inOrder.length).fill(-1);
  const tree = new Int32Array(target.length + 1).fill(-1);
  const better = (a: number, b: number): boolean => b < 0 || (a >= 0 && (sums[a] ?? 0) > (sums[b] ?? 0));
  let end = -1;
  inOrder.forEach(({ i, score }, at) => {
    let best = -1;
    for (let node = i; node > 0; node -= node & -node) {
      const candidate = tree[node] ?? -1;
      if (better(candidate, best)) best = candidate;
    }
    previous[at] = best;
    sums[at] = (best < 0 ? 0 : (sums[best] ?? 0)) + score;
    for (let node = i + 1; node <= target.length; node += node & -node) {
      if (better(at, tree[node] ?? -1)) tree[node] = at;
    }
    if (better(at, end)) end = at;
  });
  const chosen: Pair[] = [];
  for (let at = end; at >= 0; at = previous[at] ?? -1) {
    const pair = inOrder[at];
    if (pair !== undefined) chosen.push(pair);
  }
  return chosen;
}
