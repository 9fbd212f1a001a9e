import { commonSubsequence, intern } from '../sequence.ts';
import type { WordRun } from '../types.ts';
import { SPACED_LETTERS, UNSPACED } from './scripts.ts';

/** Tokens that may differ before the difference falls back to the words that occur once on each side. */
const BOUND = 500;

/** A word or mark with the space before it: half the tokens, and no lone spaces between two changed words. */
const SPACED = new RegExp(`\\s*${UNSPACED}|\\s*${SPACED_LETTERS}|\\s*[^\\p{L}\\p{M}\\p{N}\\s]|\\s+`, 'gu');
const TOKEN = new RegExp(`${UNSPACED}|${SPACED_LETTERS}|\\s+|[^\\p{L}\\p{M}\\p{N}\\s]`, 'gu');

/** Splits a text into words (letters where a script has no spaces), runs of white space and single marks; joined they are the text. */
export function wordTokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/**
 * Word-level difference of two texts. Concatenating `same` and `removed` gives `before`, `same` and `added` gives
 * `after`; within one place the removed run comes before the added one. Never slower than linear plus a fixed bound.
 */
export function wordDiff(before: string, after: string): WordRun[] {
  const left = before.match(SPACED) ?? [];
  const right = after.match(SPACED) ?? [];
  const names = new Map<string, number>();
  const pairs = commonSubsequence(intern(left, names), intern(right, names), BOUND);
  const runs = new Runs();
  let j = 0;
  for (let i = 0; i <= left.length; i++) {
    const target = i < left.length ? (pairs[i] ?? -1) : right.length;
    if (target < 0) {
      runs.removed += left[i] ?? '';
      continue;
    }
    while (j < target) runs.added += right[j++] ?? '';
    if (i < left.length) runs.same(right[j++] ?? '');
  }
  return runs.finish();
}

/** Gathers runs; what a removed and an added run have in common at their ends is no change. */
class Runs {
  removed = '';
  added = '';
  #same = '';
  readonly #runs: WordRun[] = [];

  same(token: string): void {
    if (this.removed !== '' || this.added !== '') this.#flush();
    this.#same += token;
  }

  finish(): WordRun[] {
    this.#flush();
    this.#push('same', this.#same);
    return this.#runs;
  }

  #flush(): void {
    const { start, end } = commonEnds(this.removed, this.added);
    this.#push('same', this.#same + this.removed.slice(0, start));
    this.#push('removed', this.removed.slice(start, this.removed.length - end));
    this.#push('added', this.added.slice(start, this.added.length - end));
    this.#same = this.removed.slice(this.removed.length - end);
    this.removed = '';
    this.added = '';
  }

  #push(op: WordRun['op'], text: string): void {
    const last = this.#runs.at(-1);
    if (text === '') return;
    if (last?.op === op) this.#runs[this.#runs.length - 1] = { op, text: last.text + text };
    else this.#runs.push({ op, text });
  }
}

/** Lengths of the whole tokens that two texts share at either end. */
function commonEnds(a: string, b: string): { readonly start: number; readonly end: number } {
  if (a === '' || b === '' || (a[0] !== b[0] && a.at(-1) !== b.at(-1))) return { start: 0, end: 0 };
  const left = wordTokens(a);
  const right = wordTokens(b);
  const most = Math.min(left.length, right.length);
  let first = 0;
  let start = 0;
  while (first < most && left[first] === right[first]) start += left[first++]?.length ?? 0;
  let last = 0;
  let end = 0;
  while (last < most - first && left[left.length - 1 - last] === right[right.length - 1 - last]) {
    last++;
    end += left[left.length - last]?.length ?? 0;
  }
  return { start, end };
}
