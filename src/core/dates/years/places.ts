import type { Block } from '../../page/types.ts';
import { LATEST_YEAR } from '../calendar.ts';
import { type Candidate, calendarOf } from '../candidate.ts';

/** A block with the dates read in it. */
export interface ParsedBlock {
  readonly block: Block;
  readonly candidates: readonly Candidate[];
}

/** A date that takes part in the order of a text: it has a month, or a year, or both. */
export interface Place {
  readonly candidate: Candidate;
  /** As written; null where the text gives none, or one that no text can report from. */
  readonly year: number | null;
  readonly month: number | null;
  /** 0 for a bare year, 1 for a month, 2 for a day. */
  readonly precision: 0 | 1 | 2;
  readonly inHeading: boolean;
  /** The first of its block. */
  readonly opens: boolean;
}

/** A block's places in order; years that qualify a noun ("a 2015 deal") are none. */
export function placesIn({ block, candidates }: ParsedBlock): Place[] {
  const places: Place[] = [];
  for (const candidate of candidates) {
    const date = calendarOf(candidate.shape);
    if (date === null || candidate.attribute === true) continue;
    const year = date.year !== null && date.year <= LATEST_YEAR ? date.year : null;
    const { month } = date;
    if (month === null && year === null) continue;
    const precision = date.day !== null ? 2 : month === null ? 0 : 1;
    const inHeading = block.kind === 'heading';
    places.push({ candidate, year, month, precision, inHeading, opens: places.length === 0 });
  }
  return places;
}
