import type { Block } from '../../page/types.ts';
import type { Calendar, Candidate, WeekOfMonth } from '../candidate.ts';

/** No text reports from a later year; one written so is a slip. */
export const LATEST_YEAR = 2100;
/** A written year farther than this from the year reached may be a digression. */
const NEAR_YEARS = 2;
/** A month without a year that lies half a year back begins the next year: from November to February. */
const TURN_MONTHS = 6;

/** A block with the dates read in it. */
export interface ParsedBlock {
  readonly block: Block;
  readonly candidates: readonly Candidate[];
}

interface Place {
  readonly candidate: Candidate;
  readonly date: Calendar | WeekOfMonth;
  readonly heading: boolean;
  /** As written; null where the text gives none, or one that no text can report from. */
  readonly year: number | null;
}

function placesIn({ block, candidates }: ParsedBlock): Place[] {
  return candidates.flatMap((candidate): Place[] => {
    const { shape } = candidate;
    const date = shape.kind === 'span' ? shape.from : shape;
    if ((date.kind !== 'calendar' && date.kind !== 'weekOfMonth') || candidate.attribute === true) return [];
    const year = date.year !== null && date.year <= LATEST_YEAR ? date.year : null;
    return date.month === null && year === null ? [] : [{ candidate, date, year, heading: block.kind === 'heading' }];
  });
}

const dayOf = ({ date }: Place): number | null => (date.kind === 'calendar' ? date.day : null);
const orderInYear = (place: Place): number => (place.date.month ?? 0) * 32 + (dayOf(place) ?? 0);

/** A day one year off between two dates of one year, in order with both, is a slip of the pen. */
function isSlip(before: Place | undefined, place: Place, after: Place | undefined): boolean {
  if (before?.year == null || after?.year !== before.year || place.year === null || dayOf(place) === null) return false;
  if (before.date.month === null || after.date.month === null || Math.abs(place.year - before.year) !== 1) return false;
  return orderInYear(before) <= orderInYear(place) && orderInYear(place) <= orderInYear(after);
}

/** Whether a written year leaves the story where it was: the next one returns, or does not stay near it. */
function isDigression(place: Place, year: number, reached: number, after: number | null): boolean {
  if (place.heading || after === null || year === reached) return false;
  if (dayOf(place) === null && after === reached) return true;
  return Math.abs(year - reached) > NEAR_YEARS && Math.abs(after - year) > NEAR_YEARS;
}

/**
 * Years for the dates of prose that has no period of its own: the last written year moves on, and turns where the months
 * begin again. Dates before the first written year get that year. Empty where no date writes one. Linear.
 */
export function yearsByCarry(blocks: readonly ParsedBlock[]): ReadonlyMap<Candidate, number> {
  const places = blocks.flatMap(placesIn);
  const written = places.filter(({ year }) => year !== null);
  const found = new Map<Candidate, number>();
  let reached = written[0]?.year ?? null;
  if (reached === null) return found;
  let month: number | null = null;
  let next = 0;
  for (const place of places) {
    if (place.year === null) {
      if (month !== null && place.date.month !== null && month - place.date.month >= TURN_MONTHS) reached += 1;
      month = place.date.month;
      found.set(place.candidate, reached);
      continue;
    }
    const [before, after] = [written[next - 1], written[next + 1]];
    next += 1;
    const year: number = isSlip(before, place, after) ? (before?.year ?? place.year) : place.year;
    found.set(place.candidate, year);
    if (isDigression(place, year, reached, after?.year ?? null)) continue;
    reached = year;
    month = place.date.month;
  }
  return found;
}
