import type { Substance, WordRun } from './types.ts';

/** How much an edit matters. */
export function substanceOf(runs: readonly WordRun[]): Substance {
  const changed = (op: WordRun['op']): string =>
    runs
      .filter((run) => run.op === op)
      .map((run) => run.text)
      .join(' ');
  const removed = changed('removed');
  const added = changed('added');
  if (/\p{N}|\b(?:not|no|never|n't)\b/u.test(removed + added)) return 'facts';
  const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return letters(removed) === letters(added) ? 'cosmetic' : 'wording';
}
