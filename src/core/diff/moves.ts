import type { Change, ParagraphRef } from './types.ts';

/** So many moves are one reordering where they are also this share of the matched paragraphs. */
const MIN_REORDERED = 4;
const MIN_REORDERED_SHARE = 0.2;
/** So many moves are one reordering on a page of any length. */
const MAX_MOVES = 31;

/** A paragraph with the same text in another order. */
export interface Move {
  readonly before: ParagraphRef;
  readonly after: ParagraphRef;
  readonly date: string | null;
}

/**
 * Moves as changes: one each, or one `reordered` for many.
 * @param moves in the new order.
 * @param matched number of paragraphs that both revisions have.
 */
export function moveChanges(moves: readonly Move[], matched: number): Change[] {
  const isReordering =
    moves.length > MAX_MOVES || (moves.length >= MIN_REORDERED && moves.length >= matched * MIN_REORDERED_SHARE);
  if (!isReordering) {
    return moves.map(({ before, after, date }) => ({ kind: 'moved', before: [before], after: [after], date }));
  }
  const before = moves.map((move) => move.before).sort((a, b) => a.at - b.at);
  return [{ kind: 'reordered', before, after: moves.map((move) => move.after), date: null }];
}

/** Sorts by position in the new list; a removal follows the nearest remaining paragraph that was above it. */
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
