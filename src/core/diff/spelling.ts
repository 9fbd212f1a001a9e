/** Longest texts that are compared letter by letter. */
const LONGEST = 80;

/**
 * Edit distance of two short strings: insertions, deletions, replacements and swaps of neighbours each count one
 * (optimal string alignment). Infinity where either is longer than 80 characters.
 */
export function spellingDistance(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length > LONGEST || b.length > LONGEST) return Number.POSITIVE_INFINITY;
  let older = new Int32Array(b.length + 1);
  let old = Int32Array.from({ length: b.length + 1 }, (_, column) => column);
  let row = new Int32Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((old[j - 1] ?? 0) + differs, (old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (older[j - 2] ?? 0) + 1);
      row[j] = best;
    }
    [older, old, row] = [old, row, older];
  }
  return old[b.length] ?? 0;
}

/** How alike two short strings are by their letters, 0 to 1; 0 where either is long. */
export function spelledAlike(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : Math.max(0, 1 - spellingDistance(a, b) / longest);
}
