import { ApplyError, apply } from '#core/diff/apply.ts';
import type { ParagraphRef } from '#core/diff/types.ts';

/** A change as `replay --json` prints it: texts and their positions in the two lists. */
export interface TextChange {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly beforeAt: readonly number[];
  readonly afterAt: readonly number[];
}

/**
 * Applies the changes that `replay --json` prints to the texts before them.
 * @throws ApplyError when the text at a change's position is another one, or texts and positions differ in number.
 */
export function applyTexts(before: readonly string[], changes: readonly TextChange[]): string[] {
  const list = before.map((text) => ({ id: '', text }));
  const placed = changes.map(({ before, beforeAt, after, afterAt }) => ({
    before: refsOf(before, beforeAt),
    after: refsOf(after, afterAt),
  }));
  return apply(list, placed).map(({ text }) => text);
}

function refsOf(texts: readonly string[], positions: readonly number[]): ParagraphRef[] {
  if (texts.length !== positions.length) {
    throw new ApplyError(
      `A change has ${texts.length} texts and ${positions.length} positions. It needs one position a text.`,
    );
  }
  return texts.map((text, index) => ({ id: '', text, at: positions[index] ?? -1 }));
}
