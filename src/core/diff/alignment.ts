import type { DatedBlock } from '../dates/types.ts';
import { emptyMatching, intern, type Matching, matchExact } from './exact.ts';
import { readLoose } from './loose.ts';
import { matchNumbered } from './numbering.ts';
import { EDITED, PLAIN, Regrouping } from './regroup.ts';
import { Returns } from './returns.ts';
import { matchSimilar } from './similar.ts';
import type { DiffMemory, Paragraph } from './types.ts';

/** A paragraph that became several; indices into the two lists. */
export interface Split {
  readonly before: number;
  readonly after: readonly number[];
  /** The piece that keeps the identity: the one that holds the greatest part. */
  readonly principal: number;
}

/** Several paragraphs that became one. */
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
  /** Paragraphs after whose list number alone changed with their place. */
  readonly renumbered: ReadonlySet<number>;
}

/** One side of a comparison: the blocks and their comparison keys. */
export interface Side<T extends DatedBlock = DatedBlock> {
  readonly blocks: readonly T[];
  readonly keys: readonly string[];
}

/**
 * Aligns two revisions, surest evidence first: equal texts, equal texts but for their list numbers, texts edited back
 * to what they were, plain splits and merges, likeness, splits and merges with edits, and texts that came back.
 */
export function align(
  before: Side<Paragraph>,
  after: Side,
  memory: DiffMemory,
  keyOf: (text: string) => string,
): Alignment {
  const matching = emptyMatching(before.keys.length, after.keys.length);
  const numbers = new Map<string, number>();
  matchExact(intern(before.keys, numbers), intern(after.keys, numbers), matching);
  const renumbered = matchNumbered(before, after, matching);
  const texts = readLoose(before.keys, after.keys, matching);
  const returns = new Returns(memory.gone, before, after, matching, keyOf);
  const regrouping = new Regrouping(texts, matching);
  regrouping.find(PLAIN);
  matchSimilar(texts, matching, (text) => regrouping.isFree(text) && !returns.has(text));
  regrouping.find(EDITED);
  const restored = returns.settle(
    texts.after.filter((text) => regrouping.isFree(text)),
    regrouping.pieces,
  );
  return { ...matching, splits: regrouping.splits, merges: regrouping.merges, restored, renumbered };
}
