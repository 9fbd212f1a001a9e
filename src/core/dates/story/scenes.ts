import type { Block } from '../../page/types.ts';
import type { Candidate } from '../candidate.ts';
import { clauseBefore } from '../scan/clause.ts';
import { wordBefore } from '../scan/text.ts';
import { cueOf, sameYearAfter, weekdayBefore } from './cues.ts';
import { beginningOf, jointDates, yearOf } from './joint-dates.ts';
import { partOfYear } from './part-of-year.ts';
import type { Scene } from './scene.ts';

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

/** A block with the dates read in it. */
export interface ParsedBlock {
  readonly block: Block;
  readonly candidates: readonly Candidate[];
}

/** A candidate whose year a scene gives. */
export interface Owner {
  readonly candidate: Candidate;
  /** How many years after its scene's the candidate's lies: joined dates may run over a new year. */
  readonly later: number;
  /** The scene is the end of the candidate's span, not its beginning. */
  readonly end: boolean;
}

/** The years of the last dated heading. */
type Chapter = readonly [number | null, number | null];

/** The dates of a text as the search sees them, each with the candidates that get their years from it. */
export function scenesOf(blocks: readonly ParsedBlock[]): {
  readonly scenes: readonly Scene[];
  readonly owners: readonly (readonly Owner[])[];
} {
  const scenes: Scene[] = [];
  const owners: (readonly Owner[])[] = [];
  let chapter: Chapter = [null, null];
  for (const { block, candidates } of blocks) {
    if (candidates.length === 0) continue;
    const title = isTitle(block);
    if (title) chapter = yearsOfTitle(candidates) ?? chapter;
    let last = -1;
    for (const joint of jointDates(block.text, candidates)) {
      const scene = sceneOf(block.text, joint, last, title, chapter);
      if (scene === null) continue;
      const [opening, closing] = [joint[0], joint.at(-1)];
      if (opening === undefined || closing === undefined) continue;
      scenes.push(scene);
      owners.push(
        joint.map((candidate) => ({
          candidate,
          later: (yearOf(candidate) ?? 0) - (yearOf(opening) ?? 0),
          end: false,
        })),
      );
      const end = endOfSpan(scene, closing);
      if (end !== null) {
        scenes.push(end);
        owners.push([{ candidate: closing, later: 0, end: true }]);
      }
      last = closing.end;
    }
  }
  return { scenes: withCountedTitles(scenes), owners };
}

/** Dates that share one written year as one scene, from the first of them to the last; null for what is no date. */
function sceneOf(
  text: string,
  joint: readonly Candidate[],
  last: number,
  title: boolean,
  chapter: Chapter,
): Scene | null {
  const [opening, closing] = [joint[0], joint.at(-1)];
  const from = opening === undefined ? null : beginningOf(opening);
  const own = closing === undefined ? null : beginningOf(closing);
  if (opening === undefined || closing === undefined || from === null || own === null) return null;
  const year = from.year !== null && from.year > LATEST_YEAR ? null : from.year;
  if (from.month === null && year === null) return null;
  const { start } = opening;
  const to = closing.shape.kind === 'span' && !writesBothYears(closing) ? closing.shape.to : own;
  const dated = from.kind === 'calendar';
  return {
    year,
    month: from.month,
    about: from.month === null ? partOfYear(text, digitsOf(text, closing)) : null,
    day: dated ? from.day : null,
    lastMonth: to.month ?? from.month,
    after: last === -1 ? 'block' : sentenceBetween(text, last, start) ? 'sentence' : 'words',
    cue: year === null ? 0 : cueOf(clauseBefore(text, start)),
    chapter: title && year !== null && closing.attribute !== true,
    aside: text.charAt(start - 1) === '(' || ASIDE.has(wordBefore(text, start)?.lower ?? ''),
    soft: closing.attribute === true,
    backwards: closing.direction === -1,
    held: own.year === null && sameYearAfter(text, closing.end),
    weekday: dated && (year ?? 0) >= GREGORIAN ? weekdayBefore(text, start) : null,
    chapterFrom: title ? null : chapter[0],
    chapterTo: title ? null : chapter[1],
    counted: null,
    until: false,
  };
}

/** Where the digits of a bare year begin: "late 1941" is one candidate. */
const digitsOf = (text: string, { start, end }: Candidate): number =>
  start + Math.max(0, text.slice(start, end).search(/\d{4}/));

/** "from March 1965 to November 1968": each year may be mistyped by itself. */
function writesBothYears({ shape }: Candidate): boolean {
  if (shape.kind !== 'span') return false;
  const { from, to } = shape;
  const written = from.year !== null && from.borrowed !== true && to.year !== null && to.borrowed !== true;
  return written && to.year !== from.year;
}

/** The scene of a span's end that has a year of its own; null where there is none. */
function endOfSpan(scene: Scene, candidate: Candidate): Scene | null {
  const { shape } = candidate;
  if (shape.kind !== 'span' || !writesBothYears(candidate) || scene.chapter || scene.soft) return null;
  const { year, month, day } = shape.to;
  return {
    ...scene,
    ...{ year, month, day, about: null, lastMonth: month, until: true },
    ...{ after: 'words', cue: 0, aside: false, held: false, backwards: false, weekday: null },
  };
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
