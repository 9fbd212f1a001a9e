import type { DatedBlock } from '../dates/types.ts';
import type { Matching } from './exact.ts';
import type { Paragraph } from './types.ts';

/** The date rests on the paragraph's own words or on its heading, not on the paragraph that happens to stand above. */
export function hasEvidence(block: DatedBlock): boolean {
  return block.date !== null && block.dateBasis !== 'inherited' && block.dateBasis !== 'none';
}

/** For each block, the index of the nearest block above it that has a date of its own; -1 where none. */
function sourcesOf(blocks: readonly DatedBlock[]): Int32Array {
  const sources = new Int32Array(blocks.length);
  let last = -1;
  blocks.forEach((block, at) => {
    sources[at] = last;
    if (hasEvidence(block)) last = at;
  });
  return sources;
}

/** The event date a surviving paragraph has after a revision, and whether that is a real change of it. */
export interface Redating {
  readonly date: string | null;
  readonly basis: DatedBlock['dateBasis'];
  readonly redated: boolean;
}

/**
 * Judges dates of surviving paragraphs. A date that is only inherited follows the paragraph it came from and nothing
 * else: what is put in or taken out between the two is no redating.
 * @param regrouped paragraphs after that come of a split or merge: what follows them keeps its date.
 */
export function redatings(
  before: readonly Paragraph[],
  after: readonly DatedBlock[],
  matching: Matching,
  regrouped: ReadonlySet<number>,
): (i: number, j: number, sameWords: boolean) => Redating {
  const sourceBefore = sourcesOf(before);
  const sourceAfter = sourcesOf(after);
  return (i, j, sameWords) => {
    const was = before[i];
    const is = after[j];
    if (was === undefined || is === undefined) return { date: null, basis: 'none', redated: false };
    if (was.date === is.date) return { date: is.date, basis: is.dateBasis, redated: false };
    if (hasEvidence(is)) return { date: is.date, basis: is.dateBasis, redated: true };
    const ownEvidence = hasEvidence(was) && was.dateBasis !== 'heading';
    if (ownEvidence && !sameWords) return { date: is.date, basis: is.dateBasis, redated: true };
    if (was.dateBasis === 'inherited' && is.dateBasis === 'inherited') {
      const from = sourceBefore[i] ?? -1;
      const to = sourceAfter[j] ?? -1;
      if (from >= 0 && matching.target[from] === to && !regrouped.has(to) && before[from]?.date !== after[to]?.date) {
        return { date: is.date, basis: is.dateBasis, redated: true };
      }
    }
    return { date: was.date, basis: was.dateBasis, redated: false };
  };
}
