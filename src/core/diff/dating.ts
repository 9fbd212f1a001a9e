import type { DatedBlock } from '../dates/types.ts';
import type { Matching, Paragraph } from './types.ts';

/** The date rests on the paragraph's own words or on its heading, not on the paragraph that happens to stand above. */
export function hasEvidence(block: DatedBlock): boolean {
  return block.date !== null && block.dateBasis !== 'inherited' && block.dateBasis !== 'none';
}

/**
 * For each block that inherits its date, the index of the block that it came from: the nearest above it with that date
 * of its own. What was put between the two in the meantime has another. -1 where there is none.
 */
function sourcesOf(blocks: readonly DatedBlock[]): Int32Array {
  const sources = new Int32Array(blocks.length).fill(-1);
  const last = new Map<string, number>();
  blocks.forEach((block, at) => {
    if (block.date === null) return;
    if (hasEvidence(block)) last.set(block.date, at);
    else sources[at] = last.get(block.date) ?? -1;
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
  const sources = sourcesOf(before);
  return (i, j, sameWords) => {
    const was = before[i];
    const is = after[j];
    if (was === undefined || is === undefined) return { date: null, basis: 'none', redated: false };
    if (was.date === is.date) return { date: is.date, basis: is.dateBasis, redated: false };
    if (hasEvidence(is)) return { date: is.date, basis: is.dateBasis, redated: true };
    const ownEvidence = hasEvidence(was) && was.dateBasis !== 'heading';
    if (ownEvidence && !sameWords) return { date: is.date, basis: is.dateBasis, redated: true };
    const to = was.dateBasis === 'inherited' ? (matching.target[sources[i] ?? -1] ?? -1) : -1;
    const source = regrouped.has(to) ? undefined : after[to];
    if (source !== undefined && hasEvidence(source) && source.date !== was.date) {
      return { date: source.date, basis: 'inherited', redated: true };
    }
    return { date: was.date, basis: was.dateBasis, redated: false };
  };
}
