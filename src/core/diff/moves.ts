import type { Change, ParagraphRef } from './types.ts';

/** Moves from which on, and share of the surviving paragraphs, they are told as one reordering. */
const MANY = 4;
const MANY_SHARE = 0.2;
/** So many moves are a reordering on a page of any length. */
const STORM = 32;

/** A paragraph whose text is the same and whose place among the others is not. */
export interface Move {
  readonly before: ParagraphRef;
  readonly after: ParagraphRef;
  readonly date: string | null;
}

/**
 * Moves as changes: one each, or one `reordered` for all where there are many.
 * @param moves in the new order.
 * @param survivors paragraphs that the two revisions share.
 */
export function moveChanges(moves: readonly Move[], survivors: number): Change[] {
  const many = moves.length >= STORM || (moves.length >= MANY && moves.length >= survivors * MANY_SHARE);
  if (!many) {
    return moves.map(({ before, after, date }) => ({ kind: 'moved', before: [before], after: [after], date }));
  }
  const before = moves.map((move) => move.before).sort((a, b) => a.at - b.at);
  return [{ kind: 'reordered', before, after: moves.map((move) => move.after), date: null }];
}

/** By place in the new list; a removal comes after what stood before it and still stands. */
export function inPageOrder(changes: readonly Change[], target: Int32Array): Change[] {
  const above = new Int32Array(target.length);
  let last = -1;
  for (let i = 0; i < target.length; i++) {
    above[i] = last;
    if ((target[i] ?? -1) >= 0) last = target[i] ?? -1;
  }
  const place = (change: Change): number => {
    const first = change.after[0];
    return first === undefined ? (above[change.before[0]?.at ?? 0] ?? -1) + 0.5 : first.at;
  };
  return changes
    .map((change) => ({ change, place: place(change), from: change.before[0]?.at ?? -1 }))
    .sort((a, b) => a.place - b.place || a.from - b.from)
    .map(({ change }) => change);
}
