import type { Candidate } from '../candidate.ts';
import { type ParsedBlock, type Place, placesIn } from './places.ts';

/**
 * What is unlikely in a text, by how much: one cost chosen against another on histories whose years are given. A step to
 * a written date costs the logarithm of its months; to one without a year, whose writer thought it plain, so much a month.
 */
const UNWRITTEN_MONTH = 0.4;
/** A step back costs so many times as much. */
const BACK = 2;
/** To mention a year and leave the story where it is; twice as much for a month, three times for a day. */
const ASIDE = 1.5;
/** A written year that is one year off. */
const SLIP = 4;
/** So many ways of reading are kept after each date, so that the work is linear. */
const KEPT = 16;

interface Point {
  readonly year: number;
  readonly month: number | null;
}

/** One way of reading the dates so far. */
interface Way {
  readonly cost: number;
  /** Where the story is. */
  readonly story: Point;
  /** Where this paragraph looks, if the story is elsewhere. */
  readonly aside: Point | null;
  /** The year of the last date. */
  readonly year: number;
  readonly before: Way | null;
}

function stepCost(from: Point, year: number, { year: written, month }: Place): number {
  const within = from.month === null || month === null ? 0 : month - from.month;
  const months = (year - from.year) * 12 + within;
  const length = written === null ? UNWRITTEN_MONTH * Math.abs(months) : Math.log1p(Math.abs(months));
  return months >= 0 ? length : BACK * length;
}

/** A bare year leaves the month where it was, unless it is another year. */
const moved = (from: Point, year: number, { month }: Place): Point => ({
  year,
  month: month ?? (year === from.year ? from.month : null),
});

/** All ways to read one more date. */
function readings(way: Way, place: Place): Way[] {
  const { story } = way;
  const aside = place.opens ? null : way.aside;
  const move = (year: number, extra = 0): Way => {
    const cost = way.cost + extra + stepCost(story, year, place);
    return { cost, story: moved(story, year, place), aside: null, year, before: way };
  };
  const look = (at: Point, extra: number): Way => {
    return { cost: way.cost + extra, story, aside: at, year: at.year, before: way };
  };
  const { year } = place;
  if (year === null) {
    const moves = around(story.year).map((near) => move(near));
    if (aside === null) return moves;
    const looks = around(aside.year).map((near) => look(moved(aside, near, place), stepCost(aside, near, place)));
    return moves.concat(looks);
  }
  if (place.inHeading) return [move(year)];
  const ways = [move(year), look({ year, month: place.month }, ASIDE * (1 + place.precision))];
  const isCertain = place.precision === 0 || place.candidate.figures === true;
  return isCertain ? ways : ways.concat(move(year - 1, SLIP), move(year + 1, SLIP));
}

const around = (year: number): readonly number[] => [year, year - 1, year + 1];

const numberOf = ({ year, month }: Point): number => year * 13 + (month ?? 0);

/** Of ways that lead to the same place the cheapest, and of these the {@link KEPT} cheapest. */
function cheapest(ways: readonly Way[]): Way[] {
  const best = new Map<number, Way>();
  for (const way of ways) {
    const end = numberOf(way.story) * 1e6 + (way.aside === null ? 0 : numberOf(way.aside));
    const other = best.get(end);
    if (other === undefined || way.cost < other.cost) best.set(end, way);
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, KEPT);
}

/**
 * Years for the dates of prose that has no period of its own, by the cheapest way to read them all: the story moves on in
 * small steps, looks aside and comes back, and a written year may be a slip. Empty where no date writes a year. Linear.
 */
export function yearsByStory(blocks: readonly ParsedBlock[]): ReadonlyMap<Candidate, number> {
  const places = blocks.flatMap(placesIn);
  const first = places.find(({ year }) => year !== null)?.year ?? null;
  const found = new Map<Candidate, number>();
  if (first === null) return found;
  const start = { cost: 0, aside: null, before: null };
  let ways: Way[] = around(first).map((year) => ({ ...start, story: { year, month: null }, year }));
  for (const place of places) ways = cheapest(ways.flatMap((way) => readings(way, place)));
  let way = ways[0] ?? null;
  for (let at = places.length - 1; way !== null && way.before !== null; at -= 1, way = way.before) {
    const candidate = places[at]?.candidate;
    if (candidate !== undefined) found.set(candidate, way.year);
  }
  return found;
}
