import { increasing } from '../sequence.ts';
import type { Matching } from '../types.ts';

interface Scored {
  readonly i: number;
  readonly j: number;
  readonly score: number;
}

/** The pairs in page order with the greatest total score, between the matches that keep their order. */
export function bestChain<T extends Scored>(pairs: readonly T[], { source, target }: Matching): T[] {
  const keep = increasing(source);
  const gapAfter = new Int32Array(source.length);
  const isAnchor = new Uint8Array(target.length);
  let gap = 0;
  for (let j = 0; j < source.length; j++) {
    if (keep[j] === 1) {
      gap++;
      isAnchor[source[j] ?? 0] = 1;
    }
    gapAfter[j] = gap;
  }
  const gapBefore = new Int32Array(target.length);
  gap = 0;
  for (let i = 0; i < target.length; i++) {
    if (isAnchor[i] === 1) gap++;
    gapBefore[i] = gap;
  }
  const inGaps = pairs.filter(({ i, j }) => gapBefore[i] === gapAfter[j]);
  return heaviest(inGaps, target.length);
}

/** The chain that rises in both indices and has the greatest total score, by a Fenwick tree over `i`: O(n log n). */
function heaviest<T extends Scored>(pairs: readonly T[], length: number): T[] {
  const sorted = [...pairs].sort((p, q) => p.j - q.j || q.i - p.i);
  const sums = new Float64Array(sorted.length);
  const previous = new Int32Array(sorted.length).fill(-1);
  const tree = new Int32Array(length + 1).fill(-1);
  const better = (a: number, b: number): boolean => b < 0 || (a >= 0 && (sums[a] ?? 0) > (sums[b] ?? 0));
  let end = -1;
  sorted.forEach(({ i, score }, at) => {
    let best = -1;
    for (let node = i; node > 0; node -= node & -node) {
      const candidate = tree[node] ?? -1;
      if (better(candidate, best)) best = candidate;
    }
    previous[at] = best;
    sums[at] = (best < 0 ? 0 : (sums[best] ?? 0)) + score;
    for (let node = i + 1; node <= length; node += node & -node) {
      if (better(at, tree[node] ?? -1)) tree[node] = at;
    }
    if (better(at, end)) end = at;
  });
  const chosen: T[] = [];
  for (let at = end; at >= 0; at = previous[at] ?? -1) {
    const pair = sorted[at];
    if (pair !== undefined) chosen.push(pair);
  }
  return chosen;
}
