/** Words in a row that are compared: three seldom meet by chance in two texts about different things. */
const RUN = 3;
/** A paragraph is still there when so much of it is found again, in whatever order and company. */
const ENOUGH = 0.3;

/**
 * Share (0-1) of the paragraphs of `before` that are still there in `after`, edited or not. It tells a page that was
 * reworked from one that was replaced; time and memory are linear in the length of both.
 */
export function keptShare(before: readonly string[], after: readonly string[]): number {
  if (before.length === 0) return 1;
  const present = new Set<string>();
  for (const text of after) for (const run of runsOf(text)) present.add(run);
  let kept = 0;
  for (const text of before) {
    const runs = runsOf(text);
    const found = runs.reduce((count, run) => count + (present.has(run) ? 1 : 0), 0);
    if (found >= runs.length * ENOUGH) kept += 1;
  }
  return kept / before.length;
}

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length <= RUN) return [words.join(' ')];
  const runs: string[] = [];
  for (let at = 0; at + RUN <= words.length; at += 1) runs.push(words.slice(at, at + RUN).join(' '));
  return runs;
}
