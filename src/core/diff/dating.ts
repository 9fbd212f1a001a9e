import type { DatedBlock } from '../dates/types.ts';
import type { Matching, Paragraph } from './types.ts';

/** Whether the date comes from the paragraph's own words or its heading, not from the paragraph above it. */
export function hasEvidence(block: DatedBlock): boolean {
  return block.date !== null && block.dateBasis !== 'inherited' && block.dateBasis !== 'none';
}

/**
 * For each block that inherits its date, the index of the block that it comes from: the nearest one above with evidence
 * of the same date, as blocks that were inserted between the two have other dates. -1 where there is none.
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

/** A matched paragraph's event date after a revision, and whether it really changed. */
export interface Redating {
  readonly date: string | null;
  readonly basis: DatedBlock['dateBasis'];
  readonly redated: boolean;
}

/**
 * Dates matched paragraphs. An inherited date changes only with the paragraph it comes from: insertions and removals
 * between the two do not redate it.
 * @param regrouped paragraphs after that a split or merge made; paragraphs that inherit from them keep their dates.
 */
export function redatings(
  before: readonly Paragraph[],
  after: readonly DatedBlock[],
  matching: Matching,
  regrouped: ReadonlySet<number>,
): (i: number, j: number, sameWords: boolean) => Redating {
  let sources: Int32Array | undefined;
  return (i, j, sameWords) => {
    const was = before[i];
    const is = after[j];
    if (was === undefined || is === undefined) return { date: null, basis: 'none', redated: false };
    if (was.date === is.date) return { date: is.date, basis: is.dateBasis, redated: false };
    if (hasEvidence(is)) return { date: is.date, basis: is.dateBasis, redated: true };
    const ownEvidence = hasEvidence(was) && was.dateBasis !== 'heading';
    if (ownEvidence && !sameWords) return { date: is.date, basis: is.dateBasis, redated: true };
    sources ??= sourcesOf(before);
    const to = was.dateBasis === 'inherited' ? (matching.target[sources[i] ?? -1] ?? -1) : -1;
    const source = regrouped.has(to) ? undefined : after[to];
    if (source !== undefined && hasEvidence(source) && source.date !== was.date) {
      return { date: source.date, basis: 'inherited', redated: true };
    }
    return { date: was.date, basis: was.dateBasis, redated: false };
  };
}
