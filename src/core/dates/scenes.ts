import type { Block } from '../page/types.ts';
import type { Candidate } from './candidate.ts';
import { clauseBefore } from './clause.ts';
import { cueOf, sameYearAfter, weekdayBefore } from './cues.ts';
import { wordBefore } from './reading.ts';
import type { Scene } from './scene.ts';
import { yearsOfStory } from './story.ts';

/** No text tells of later years; one written so is a slip. */
export const LATEST_YEAR = 2100;

const ASIDE = new Set(['until', 'till', 'since', 'before', 'after', 'by']);
/** Earlier dates may be Julian, whose weekdays are others. */
const GREGORIAN = 1800;
const SENTENCE_END = /[.!?]["”’')\]]?\s/;
const LONGEST_TITLE = 90;

/** A heading, or a paragraph that is one in all but markup: short, and without an end to its sentence. */
function isTitle({ kind, text }: Block): boolean {
  return kind === 'heading' || (text.length <= LONGEST_TITLE && /[^.!?:;,"”]$/.test(text) && !/[.!?]\s/.test(text));
}

/** From the first to the last year that a heading names. */
function yearsOfTitle(candidates: readonly Candidate[]): readonly [number, number] | null {
  const years = candidates.flatMap(({ shape, attribute }) => {
    if (attribute === true) return [];
    const ends = shape.kind === 'span' ? [shape.from, shape.to] : shape.kind === 'calendar' ? [shape] : [];
    return ends.flatMap(({ year }) => (year === null || year > LATEST_YEAR ? [] : [year]));
  });
  return years.length === 0 ? null : [Math.min(...years), Math.max(...years)];
}

/** Between two dates of one block: does a sentence end? Only a bounded stretch is read. */
function sentenceBetween(text: string, from: number, to: number): boolean {
  return to - from > 600 || SENTENCE_END.test(text.slice(from, to));
}

/** The years of all candidates that have a month or a year, by the story that the blocks tell together. */
export function yearsByStory(blocks: readonly ParsedBlock[]): ReadonlyMap<Candidate, number> {
  const { scenes, owners } = scenesOf(blocks);
  const found = new Map<Candidate, number>();
  for (const [i, year] of yearsOfStory(scenes, carelessness(owners)).entries()) {
    const owner = owners[i];
    if (owner !== undefined) found.set(owner, year);
  }
  return found;
}

/** The share of misspelt months from which on an author counts as wholly careless. */
const CARELESS = 0.2;

/** Who misspells months mistypes years too. */
function carelessness(candidates: readonly Candidate[]): number {
  const misspelt = candidates.filter((candidate) => candidate.misspelt === true).length;
  return candidates.length === 0 ? 0 : Math.min(1, misspelt / candidates.length / CARELESS);
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
  let chapter: readonly [number | null, number | null] = [null, null];
  for (const { block, candidates } of blocks) {
    if (candidates.length === 0) continue;
    const { text } = block;
    const title = isTitle(block);
    if (title) chapter = yearsOfTitle(candidates) ?? chapter;
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
        cue: year === null ? 0 : cueOf(clauseBefore(text, start)),
        chapter: title && year !== null && candidate.attribute !== true,
        aside: text.charAt(start - 1) === '(' || ASIDE.has(wordBefore(text, start)?.lower ?? ''),
        soft: candidate.attribute === true,
        backwards: candidate.direction === -1,
        held: from.year === null && sameYearAfter(text, candidate.end),
        weekday: from.kind === 'calendar' && (year ?? 0) >= GREGORIAN ? weekdayBefore(text, start) : null,
        chapterFrom: title ? null : chapter[0],
        chapterTo: title ? null : chapter[1],
        counted: null,
      });
      owners.push(candidate);
      last = candidate.end;
    }
  }
  return { scenes: withCountedTitles(scenes), owners };
}

/** "2003", "2005", "2005" as headings one after another: the first 2005 stands where 2004 should. */
function withCountedTitles(scenes: readonly Scene[]): Scene[] {
  const counted = [...scenes];
  const titles = scenes.flatMap(({ chapter, month, year }, index) =>
    chapter && month === null && year !== null ? [{ index, year }] : [],
  );
  for (const [i, { index }] of titles.entries()) {
    const [before, scene, after] = [titles[i - 1], scenes[index], titles[i + 1]];
    if (before === undefined || after === undefined || scene === undefined || after.year - before.year !== 2) continue;
    counted[index] = { ...scene, counted: before.year + 1 };
  }
  return counted;
}
