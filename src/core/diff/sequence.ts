/** Differing items up to which a common subsequence is the longest one. */
const MAX_DIFFERENCES = 400;

/** Numbers strings: equal ones get one number. New strings are added to `numbers`. */
export function intern(keys: readonly string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(keys, (key) => {
    const number = numbers.get(key);
    if (number !== undefined) return number;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
}

/**
 * Marks (1) the positions of a longest strictly increasing subsequence of `values`; negatives are skipped. Patience
 * sorting, O(n log n), deterministic.
 */
export function increasing(values: Int32Array): Uint8Array {
  const n = values.length;
  const keep = new Uint8Array(n);
  const previous = new Int32Array(n).fill(-1);
  const tails = new Int32Array(n);
  let length = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i] ?? -1;
    if (value < 0) continue;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[i] = tails[low - 1] ?? -1;
    tails[low] = i;
    if (low === length) length++;
  }
  let at = length > 0 ? (tails[length - 1] ?? -1) : -1;
  while (at >= 0) {
    keep[at] = 1;
    at = previous[at] ?? -1;
  }
  return keep;
}

/**
 * Common subsequence of two integer sequences: for each position of `a` its position in `b`, or -1.
 * Myers' greedy O(ND) after trimming the common ends; longest when at most `bound` items differ. Beyond the bound
 * (hostile or rewritten input) the values that occur once on both sides are paired, so that the cost of any input is
 * O(n log n + bound^2).
 */
export function commonSubsequence(a: Int32Array, b: Int32Array, bound = MAX_DIFFERENCES): Int32Array {
  const pairs = new Int32Array(a.length).fill(-1);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    pairs[start] = start;
    start++;
  }
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
    pairs[endA] = endB;
  }
  if (start === endA || start === endB) return pairs;
  const middleA = a.subarray(start, endA);
  const middleB = b.subarray(start, endB);
  const middle = myers(middleA, middleB, bound) ?? uniqueAnchors(middleA, middleB);
  for (let i = 0; i < middle.length; i++) {
    const j = middle[i] ?? -1;
    if (j >= 0) pairs[start + i] = start + j;
  }
  return pairs;
}

function myers(a: Int32Array, b: Int32Array, bound: number): Int32Array | null {
  const n = a.length;
  const m = b.length;
  const limit = Math.min(n + m, bound);
  const offset = limit + 1;
  const furthest = new Int32Array(2 * limit + 3);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= limit; d++) {
    trace.push(furthest.slice(offset - d - 1, offset + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest[offset + k - 1] ?? 0) < (furthest[offset + k + 1] ?? 0));
      let x = down ? (furthest[offset + k + 1] ?? 0) : (furthest[offset + k - 1] ?? 0) + 1;
      let y = x - k;
      while (x < n && y < m && a[x] === b[y]) {
        x++;
        y++;
      }
      furthest[offset + k] = x;
      if (x >= n && y >= m) return backtrack(trace, n, m, d);
    }
  }
  return null;
}

/** `trace[d]` holds the furthest reaching x of step d - 1 for the diagonals -d-1 … d+1. */
function backtrack(trace: readonly Int32Array[], n: number, m: number, steps: number): Int32Array {
  const pairs = new Int32Array(n).fill(-1);
  let x = n;
  let y = m;
  for (let d = steps; d > 0; d--) {
    const row = trace[d] ?? new Int32Array(0);
    const at = (k: number): number => row[k + d + 1] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = at(fromK);
    const fromY = fromX - fromK;
    while (x > (down ? fromX : fromX + 1)) {
      x--;
      y--;
      pairs[x] = y;
    }
    x = fromX;
    y = fromY;
  }
  while (x > 0 && y > 0) {
    x--;
    y--;
    pairs[x] = y;
  }
  return pairs;
}

/** Pairs the values that occur once on both sides, as {@link commonSubsequence} does; negatives are skipped. */
export function uniquePairs(a: Int32Array, b: Int32Array): Int32Array {
  const inA = onlyPlaces(a);
  const inB = onlyPlaces(b);
  return a.map((value, i) => (inA[value] === i ? (inB[value] ?? -1) : -1));
}

/** For each value, the only position with it; -1 where there are several. Values are the small numbers of {@link intern}. */
function onlyPlaces(values: Int32Array): number[] {
  const places: number[] = [];
  values.forEach((value, at) => {
    if (value >= 0) places[value] = places[value] === undefined ? at : -1;
  });
  return places;
}

function uniqueAnchors(a: Int32Array, b: Int32Array): Int32Array {
  const pairs = uniquePairs(a, b);
  const keep = increasing(pairs);
  for (let i = 0; i < pairs.length; i++) if (keep[i] !== 1) pairs[i] = -1;
  return pairs;
}
