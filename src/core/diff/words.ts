import { intern } from './exact.ts';
import { commonSubsequence } from './sequence.ts';
import type { WordRun } from './types.ts';

/** Tokens that may differ before the word difference falls back to the words that occur once on each side. */
const BOUND = 600;

const TOKEN = /[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu;

/** Splits a text into words, runs of white space and single marks; joined they are the text. */
export function wordTokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/**
 * Word-level difference of two texts. Concatenating `same` and `removed` gives `before`, `same` and `added` gives
 * `after`; within one place the removed run stands before the added one.
 */
export function wordDiff(before: string, after: string): WordRun[] {
  const left = wordTokens(before);
  const right = wordTokens(after);
  const names = new Map<string, number>();
  const pairs = commonSubsequence(intern(left, names), intern(right, names), BOUND);
  dropLoneGaps(left, pairs);

  const runs: WordRun[] = [];
  let j = 0;
  let removed = '';
  let added = '';
  let same = '';
  const flush = (): void => {
    if (removed !== '') runs.push({ op: 'removed', text: removed });
    if (added !== '') runs.push({ op: 'added', text: added });
    removed = '';
    added = '';
  };
  for (let i = 0; i <= left.length; i++) {
    const target = i < left.length ? (pairs[i] ?? -1) : right.length;
    if (target < 0) {
      if (same !== '') runs.push({ op: 'same', text: same });
      same = '';
      removed += left[i] ?? '';
      continue;
    }
    if (j < target && same !== '') {
      runs.push({ op: 'same', text: same });
      same = '';
    }
    while (j < target) added += right[j++] ?? '';
    if (i === left.length) break;
    flush();
    same += left[i] ?? '';
    j++;
  }
  if (same !== '') runs.push({ op: 'same', text: same });
  flush();
  return runs;
}

/** A lone space kept between two changed words only makes the difference harder to read: it joins the change. */
function dropLoneGaps(left: readonly string[], pairs: Int32Array): void {
  for (let i = 1; i + 1 < pairs.length; i++) {
    const j = pairs[i] ?? -1;
    if (j < 0 || /\S/u.test(left[i] ?? '')) continue;
    if ((pairs[i - 1] ?? -1) < 0 && (pairs[i + 1] ?? -1) < 0) pairs[i] = -1;
  }
}
