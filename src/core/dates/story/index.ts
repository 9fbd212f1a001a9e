import type { Candidate } from '../candidate.ts';
import { type ParsedBlock, scenesOf } from './scenes.ts';
import { yearsOfStory } from './years.ts';

/** The years that a story gives to one candidate; `to` only for a span that writes both its years. */
export interface StoryYears {
  readonly from: number;
  readonly to: number | null;
}

/** The years of all candidates that have a month or a year, by the story that the blocks tell together. */
export function yearsByStory(blocks: readonly ParsedBlock[]): ReadonlyMap<Candidate, StoryYears> {
  const { scenes, owners } = scenesOf(blocks);
  const found = new Map<Candidate, StoryYears>();
  const candidates = new Set(owners.flatMap((owned) => owned.map(({ candidate }) => candidate)));
  for (const [i, year] of yearsOfStory(scenes, misspelt(candidates)).entries()) {
    for (const { candidate, later, end } of owners[i] ?? []) {
      const begun = found.get(candidate);
      if (!end) found.set(candidate, { from: year + later, to: null });
      else if (begun !== undefined) found.set(candidate, { from: begun.from, to: year });
    }
  }
  return found;
}

/** The share of misspelt months from which on an author counts as one who misspells them all. */
const MANY = 0.2;

/** How far the author misspells months (0 to 1): such authors mistype years too. */
function misspelt(candidates: ReadonlySet<Candidate>): number {
  let wrong = 0;
  for (const candidate of candidates) if (candidate.misspelt === true) wrong += 1;
  return candidates.size === 0 ? 0 : Math.min(1, wrong / candidates.size / MANY);
}
