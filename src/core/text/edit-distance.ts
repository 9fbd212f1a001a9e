/**
 * The number of edits between two words: insertions, deletions, replacements and swaps of two neighbours (optimal string
 * alignment). Compared by UTF-16 code unit; the caller normalises case.
 *
 * @param limit the most edits that are counted; more give `limit + 1`. Only cells within `limit` of the diagonal are
 * computed, so a small limit makes long words fast.
 * @returns 0 for equal words; without a limit at most the longer length
 */
export function editDistance(a: string, b: string, limit: number = Math.max(a.length, b.length)): number {
  if (a === b) return 0;
  const beyond = limit + 1;
  if (limit <= 0 || Math.abs(a.length - b.length) > limit) return beyond;
  let beforeLast = new Float64Array(b.length + 1);
  let last = Float64Array.from({ length: b.length + 1 }, (_, column) => column);
  let row = new Float64Array(b.length + 1);
  for (let i = 1; i <= a.length; i += 1) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    row[0] = i;
    if (from > 1) row[from - 1] = beyond;
    let least = from > 1 ? beyond : i;
    for (let j = from; j <= to; j += 1) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replaced, at(last, j) + 1, at(row, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      }
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (to < b.length) row[to + 1] = beyond;
    if (least > limit) return beyond;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(at(last, b.length), beyond);
}

const at = (row: Float64Array, column: number): number => row[column] ?? 0;
