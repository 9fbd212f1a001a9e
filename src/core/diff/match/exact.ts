import { addTo } from '../../groups.ts';
import { commonSubsequence, increasing, uniquePairs } from '../sequence.ts';
import type { Matching } from '../types.ts';

export function emptyMatching(before: number, after: number): Matching {
  return { source: new Int32Array(after).fill(-1), target: new Int32Array(before).fill(-1) };
}

export function link(matching: Matching, before: number, after: number): void {
  matching.source[after] = before;
  matching.target[before] = after;
}

/**
 * Matches paragraphs with equal keys. Keys that occur once on both sides are certain; repeated ones ("* * *", a
 * heading under every day) are matched by their neighbours, then in order between certain ones, then in page order.
 * O(n log n).
 * @param before and @param after interned comparison keys; matched positions are skipped.
 */
export function matchExact(before: Int32Array, after: Int32Array, matching: Matching): void {
  matchUnique(before, after, matching);
  extend(before, after, matching);
  matchGaps(before, after, matching);
  extend(before, after, matching);
  matchInOrder(before, after, matching);
}

function matchUnique(before: Int32Array, after: Int32Array, matching: Matching): void {
  const free = (keys: Int32Array, taken: Int32Array): Int32Array =>
    keys.map((key, at) => ((taken[at] ?? -1) < 0 ? key : -1));
  uniquePairs(free(before, matching.target), free(after, matching.source)).forEach((j, i) => {
    if (j >= 0) link(matching, i, j);
  });
}

/** Extends every match over equal neighbours, forwards and then backwards. */
function extend(before: Int32Array, after: Int32Array, matching: Matching): void {
  const extendFrom = (i: number, step: 1 | -1): void => {
    const j = matching.target[i] ?? -1;
    const p = i + step;
    const q = j + step;
    if (j < 0 || p < 0 || q < 0 || p >= before.length || q >= after.length) return;
    if ((matching.target[p] ?? -1) >= 0 || (matching.source[q] ?? -1) >= 0) return;
    if (before[p] === after[q]) link(matching, p, q);
  };
  for (let i = 0; i < before.length; i++) extendFrom(i, 1);
  for (let i = before.length - 1; i >= 0; i--) extendFrom(i, -1);
}

function matchGaps(before: Int32Array, after: Int32Array, matching: Matching): void {
  for (const gap of gapsOf(matching)) {
    const left = freePositions(matching.target, gap.before);
    const right = freePositions(matching.source, gap.after);
    if (left.length === 0 || right.length === 0) continue;
    const pairs = commonSubsequence(
      Int32Array.from(left, (i) => before[i] ?? -1),
      Int32Array.from(right, (j) => after[j] ?? -1),
    );
    pairs.forEach((q, p) => {
      if (q >= 0) link(matching, left[p] ?? 0, right[q] ?? 0);
    });
  }
}

function matchInOrder(before: Int32Array, after: Int32Array, matching: Matching): void {
  const waiting = new Map<number, number[]>();
  for (let i = before.length - 1; i >= 0; i--) {
    if ((matching.target[i] ?? -1) < 0) addTo(waiting, before[i] ?? -1, i);
  }
  for (let j = 0; j < after.length; j++) {
    if ((matching.source[j] ?? -1) >= 0) continue;
    const i = waiting.get(after[j] ?? -1)?.pop();
    if (i !== undefined) link(matching, i, j);
  }
}

/** The positions between two successive matches that keep their order; ends are exclusive. */
interface Gap {
  readonly before: readonly [start: number, end: number];
  readonly after: readonly [start: number, end: number];
}

/** The gaps between the matches that keep their order, first to last. */
function gapsOf(matching: Matching): Gap[] {
  const keep = increasing(matching.source);
  const gaps: Gap[] = [];
  let i = 0;
  let j = 0;
  const close = (endBefore: number, endAfter: number): void => {
    if (endBefore > i && endAfter > j) gaps.push({ before: [i, endBefore], after: [j, endAfter] });
  };
  for (let at = 0; at < matching.source.length; at++) {
    if (keep[at] !== 1) continue;
    const source = matching.source[at] ?? 0;
    close(source, at);
    i = source + 1;
    j = at + 1;
  }
  close(matching.target.length, matching.source.length);
  return gaps;
}

function freePositions(taken: Int32Array, [start, end]: readonly [number, number]): number[] {
  const free: number[] = [];
  for (let at = start; at < end; at++) if ((taken[at] ?? -1) < 0) free.push(at);
  return free;
}
