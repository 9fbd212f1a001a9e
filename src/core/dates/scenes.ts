import type { Block } from '../page/types.ts';
import type { Candidate } from './candidate.ts';
import { wordBefore } from './reading.ts';
import { type Scene, yearsOfStory } from './story.ts';
import { costsFor } from './storyCosts.ts';

/** No text tells of later years; one written so is a slip. */
export const LATEST_YEAR = 2100;

const ASIDE = new Set(['until', 'till', 'since', 'before', 'after', 'by']);
const SENTENCE_END = /[.!?]["”’')\]]?\s/;
const LONGEST_TITLE = 90;

/** A heading, or a paragraph that is one in all but markup: short, and without an end to its sentence. */
function isTitle({ kind, text }: Block): boolean {
  return kind === 'heading' || (text.length <= LONGEST_TITLE && /[^.!?:;,"”]$/.test(text) && !/[.!?]\s/.test(text));
}

/** Between two dates of one block: does a sentence end? Only a bounded stretch is read. */
function sentenceBetween(text: string, from: number, to: number): boolean {
  return to - from > 600 || SENTENCE_END.test(text.slice(from, to));
}

/** The years of all candidates that have a month or a year, by the story that the blocks tell together. */
export function yearsByStory(blocks: readonly ParsedBlock[]): ReadonlyMap<Candidate, number> {
  const { scenes, owners } = scenesOf(blocks);
  const found = new Map<Candidate, number>();
  for (const [i, year] of yearsOfStory(scenes, costsFor(misspeltShare(owners))).entries()) {
    const owner = owners[i];
    if (owner !== undefined) found.set(owner, year);
  }
  return found;
}

function misspeltShare(candidates: readonly Candidate[]): number {
  const misspelt = candidates.filter((candidate) => candidate.misspelt === true).length;
  return candidates.length === 0 ? 0 : misspelt / candidates.length;
}

/** A block with the dates read in it. */
export interface ParsedBlock {
  readonly block: Block;
  readonly candidates: readonly Candidate[];
}

/** The dates of a text as the search sees them, each with the candidate that it came from. */
function scenesOf(blocks: readonly ParsedBlock[]): { scenes: Scene[]; owners: Candidate[] } {
  const scenes: Scene[] = [];
  const owners: Candidate[] = [];
  for (const { block, candidates } of blocks) {
    const { text } = block;
    let last = -1;
    for (const candidate of candidates) {
      const { shape, start } = candidate;
      const from = shape.kind === 'span' ? shape.from : shape;
      if (from.kind !== 'calendar' && from.kind !== 'weekOfMonth') continue;
      const year = from.year !== null && from.year > LATEST_YEAR ? null : from.year;
      if (from.month === null && year === null) continue;
      const to = shape.kind === 'span' ? shape.to : from;
      scenes.push({
        year,
        month: from.month,
        day: from.kind === 'calendar' ? from.day : null,
        lastMonth: to.month ?? from.month,
        after: last === -1 ? 'block' : sentenceBetween(text, last, start) ? 'sentence' : 'words',
        chapter: isTitle(block) && year !== null && candidate.attribute !== true,
        aside: text.charAt(start - 1) === '(' || ASIDE.has(wordBefore(text, start)?.lower ?? ''),
        soft: candidate.attribute === true,
        backwards: candidate.direction === -1,
      });
      owners.push(candidate);
      last = candidate.end;
    }
  }
  return { scenes, owners };
}
