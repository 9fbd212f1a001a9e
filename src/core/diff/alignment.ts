import type { DatedBlock } from '../dates/types.ts';
import { emptyMatching, gapsOf, link, type Matching, matchExact, unmatched } from './exact.ts';
import type { DiffMemory, Paragraph } from './types.ts';

export interface Split {
  readonly before: number;
  /** In page order; the first one listed in `principal` keeps the identity. */
  readonly after: readonly number[];
  readonly principal: number;
}

export interface Merge {
  readonly before: readonly number[];
  readonly after: number;
  readonly principal: number;
}

/** Where every paragraph of a revision comes from. */
export interface Alignment extends Matching {
  readonly splits: readonly Split[];
  readonly merges: readonly Merge[];
  /** Paragraph after -> index in `memory.gone`. */
  readonly restored: ReadonlyMap<number, number>;
}

/** One side of a comparison: the blocks and their comparison keys. */
export interface Side<T extends DatedBlock = DatedBlock> {
  readonly blocks: readonly T[];
  readonly keys: readonly string[];
}

/** Aligns two revisions. */
export function align(
  before: Side<Paragraph>,
  after: Side,
  memory: DiffMemory,
  keyOf: (text: string) => string,
): Alignment {
  const matching = emptyMatching(before.keys.length, after.keys.length);
  const names = new Map<string, number>();
  const intern = (keys: readonly string[]): Int32Array =>
    Int32Array.from(keys, (key) => {
      const known = names.get(key);
      if (known !== undefined) return known;
      names.set(key, names.size);
      return names.size - 1;
    });
  matchExact(intern(before.keys), intern(after.keys), matching);

  const restored = new Map<number, number>();
  const gone = new Map<string, number>();
  memory.gone.forEach((paragraph, at) => {
    const key = keyOf(paragraph.text);
    if (!gone.has(key)) gone.set(key, at);
  });
  for (let j = 0; j < after.keys.length; j++) {
    if ((matching.source[j] ?? -1) >= 0) continue;
    const at = gone.get(after.keys[j] ?? '');
    if (at === undefined) continue;
    restored.set(j, at);
    gone.delete(after.keys[j] ?? '');
  }
  const words = (key: string): Set<string> => new Set(key.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  for (const gap of gapsOf(matching)) {
    const left = unmatched(matching.target, gap.before).map((i) => ({ at: i, words: words(before.keys[i] ?? '') }));
    const right = unmatched(matching.source, gap.after)
      .filter((j) => !restored.has(j))
      .map((j) => ({ at: j, words: words(after.keys[j] ?? '') }));
    if (left.length * right.length > 40_000) continue;
    const pairs: { i: number; j: number; score: number }[] = [];
    for (const b of left) {
      for (const a of right) {
        let common = 0;
        for (const word of b.words) if (a.words.has(word)) common++;
        const score = (2 * common) / (b.words.size + a.words.size);
        if (score >= 0.4) pairs.push({ i: b.at, j: a.at, score });
      }
    }
    pairs.sort((p, q) => q.score - p.score || Math.abs(p.i - p.j) - Math.abs(q.i - q.j) || p.i - q.i);
    for (const { i, j } of pairs) {
      if ((matching.target[i] ?? -1) < 0 && (matching.source[j] ?? -1) < 0) link(matching, i, j);
    }
  }
  return { ...matching, splits: [], merges: [], restored };
}
