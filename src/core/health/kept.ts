/** Length of the word sequences that are compared. Texts on different subjects rarely share three words in a row. */
const SEQUENCE_WORDS = 3;
/** Share of a paragraph's sequences that must occur in the new text, in any order. */
const MIN_FOUND_SHARE = 0.3;

/**
 * Share (0-1) of the paragraphs of `before` that `after` still has, edited or not: high for a page that was reworked, low
 * for one that was replaced. Time and memory are linear in the length of both.
 */
export function keptShare(before: readonly string[], after: readonly string[]): number {
  if (before.length === 0) return 1;
  const present = new Set<string>();
  for (const text of after) for (const sequence of sequencesOf(text)) present.add(sequence);
  let kept = 0;
  for (const text of before) {
    const sequences = sequencesOf(text);
    const found = sequences.filter((sequence) => present.has(sequence)).length;
    if (found >= sequences.length * MIN_FOUND_SHARE) kept += 1;
  }
  return kept / before.length;
}

function sequencesOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const count = Math.max(1, words.length - SEQUENCE_WORDS + 1);
  return Array.from({ length: count }, (_, at) => words.slice(at, at + SEQUENCE_WORDS).join(' '));
}
