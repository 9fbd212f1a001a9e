import { intern } from '../sequence.ts';
import type { DiffMemory, Matching, Merge, Paragraph, Split } from '../types.ts';
import { emptyMatching, matchExact } from './exact.ts';
import type { Side } from './key.ts';
import { Numbering } from './numbering.ts';
import { Regrouping } from './regroup.ts';
import { Returns } from './returns.ts';
import { linkEdits } from './similar.ts';
import { readUnmatched, type Unmatched } from './unmatched.ts';

/** What each paragraph of a revision was in the last one. */
export interface Alignment extends Matching {
  readonly splits: readonly Split[];
  readonly merges: readonly Merge[];
  /** For paragraphs after that are back: their index in `memory.removed`. */
  readonly restored: ReadonlyMap<number, number>;
  /** Paragraphs after that changed in nothing but the list number of their position. */
  readonly renumbered: ReadonlySet<number>;
  readonly numbering: Numbering;
}

/**
 * Aligns two revisions, strongest evidence first: equal texts, texts equal except for their list numbers, edits undone,
 * splits and merges, similar texts, and restored texts.
 */
export function align(before: Side<Paragraph>, after: Side, memory: DiffMemory): Alignment {
  const matching = emptyMatching(before.length, after.length);
  matchEqual(before, after, matching);
  const numbering = new Numbering(before, after, matching);
  const renumbered = numbering.match();
  const texts = readUnmatched(before, after, matching);
  const returns = new Returns(memory.removed, before, after, matching, numbering);
  const regrouping = new Regrouping(texts, matching);
  const eligible = (text: Unmatched): boolean => regrouping.isFree(text) && !returns.has(text);
  regrouping.find();
  linkEdits(texts, matching, eligible);
  const free = texts.after.filter((text) => regrouping.isFree(text));
  return {
    ...matching,
    splits: regrouping.splits,
    merges: regrouping.merges,
    restored: returns.restored(free, regrouping.pieces),
    renumbered,
    numbering,
  };
}

/** Identical texts first, for speed; then those that differ by noise. */
function matchEqual(before: Side, after: Side, matching: Matching): void {
  const texts = new Map<string, number>();
  const letters = (side: Side): Int32Array =>
    intern(
      side.blocks.map(({ text }) => text),
      texts,
    );
  matchExact(letters(before), letters(after), matching);
  if (!matching.source.includes(-1) || !matching.target.includes(-1)) return;
  const keys = new Map<string, number>();
  const read = (side: Side, taken: Int32Array): Int32Array =>
    Int32Array.from(taken, (partner, at) => (partner >= 0 ? -1 : (intern([side.key(at)], keys)[0] ?? -1)));
  matchExact(read(before, matching.target), read(after, matching.source), matching);
}
