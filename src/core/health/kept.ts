/** Length of the word sequences that are compared. Texts on different subjects rarely share three words in a row. */
const SEQUENCE_WORDS = 3;
/** Share of a paragraph's sequences that must occur in the new text, in any order. */
const MIN_FOUND_SHARE = 0.3;

/**
 * Share (0-1) of the paragraphs of `before` that `after` still has, edited or not: high for a page that was reworked, low
 * for one that was replaced. Time and memory are linear in the length of both. Words are read of the paragraphs alone that
 * did not stay as they are. They are looked for in the new paragraphs of `after` first, and then in the others.
 */
export function keptShare(before: readonly string[], after: readonly string[]): number {
  if (before.length === 0) return 1;
  const [had, has] = [new Set(before), new Set(after)];
  const present = new Set<string>();
  const isKept = (sequences: readonly string[]) => {
    const found = sequences.filter((sequence) => present.has(sequence)).length;
    return found >= sequences.length * MIN_FOUND_SHARE;
  };
  let gone = before.filter((text) => !has.has(text)).map(sequencesOf);
  for (const isOld of [false, true]) {
    if (gone.length === 0) break;
    for (const text of has)
      if (had.has(text) === isOld) for (const sequence of sequencesOf(text)) present.add(sequence);
    gone = gone.filter((sequences) => !isKept(sequences));
  }
  return (before.length - gone.length) / before.length;
}

function sequencesOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const count = Math.max(1, words.length - SEQUENCE_WORDS + 1);
  return Array.from({ length: count }, (_, at) => words.slice(at, at + SEQUENCE_WORDS).join(' '));
}
