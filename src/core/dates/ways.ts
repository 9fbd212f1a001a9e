import { daysInMonth } from './calendar.ts';
import type { Evidence } from './evidence.ts';
import type { Scene } from './scene.ts';
import type { StoryCosts } from './storyCosts.ts';
import {
  monthAt,
  type Position,
  positionOf,
  toChapter,
  toReturn,
  toStay,
  toUnwritten,
  toWritten,
  yearAt,
} from './storySteps.ts';

/** A place that the story may have reached. */
interface Place {
  readonly at: Position;
  /** Where the main story stood when it was left; null on the main story. */
  readonly left: Position | null;
  /** How unlikely all ways to here are together, as a negative logarithm. */
  cost: number;
  /** The same of all ways on from here. */
  rest: number;
  /** The last of the steps that lead here. */
  step: Step | null;
}

/** A step that leads to a place. */
interface Step {
  readonly from: Place;
  readonly year: number;
  readonly cost: number;
  /** Another step to the same place. */
  readonly other: Step | null;
}

/** Places kept after each scene. */
const WIDTH = 10;

/** Ways so much dearer than the best are not followed: all of them together hardly weigh. */
const MARGIN = 10;
/** Beyond this difference the dearer of two costs adds nothing to the other. */
const NEGLIGIBLE = 18;

/** Two costs as one: the negative logarithm of the sum of what they stand for. */
function together(a: number, b: number): number {
  if (a === Number.POSITIVE_INFINITY || a - b > NEGLIGIBLE) return b;
  if (b - a > NEGLIGIBLE) return a;
  return a < b ? a - Math.log1p(Math.exp(a - b)) : b - Math.log1p(Math.exp(b - a));
}

/** All likely ways through a story, scene by scene; {@link Ways.beliefs} weighs them from both ends. */
export class Ways {
  readonly #c: StoryCosts;
  readonly #evidence: Evidence;
  readonly #layers: Place[][];
  #next = new Map<number, Place>();
  #index = -1;
  /** The least cost offered for the scene in hand. */
  #best = 0;
  /** Evidence on the scene in hand, by year. */
  #known = new Map<number, number>();

  constructor(first: number, costs: StoryCosts, evidence: Evidence) {
    this.#c = costs;
    this.#evidence = evidence;
    this.#layers = [[{ at: positionOf(first, 0), left: null, cost: 0, rest: 0, step: null }]];
  }

  /** Goes on by one scene; they are given in order. */
  take(scene: Scene): void {
    this.#index += 1;
    this.#known.clear();
    this.#next.clear();
    this.#best = Number.POSITIVE_INFINITY;
    for (const place of this.#layers.at(-1) ?? []) {
      if (scene.year !== null) this.#written(place, scene, scene.year);
      else this.#unwritten(place, scene, scene.month ?? 1);
    }
    const limit = this.#best + MARGIN;
    const places = [...this.#next.values()].filter(({ cost }) => cost <= limit).sort((a, b) => a.cost - b.cost);
    if (places.length > WIDTH) places.length = WIDTH;
    this.#layers.push(places);
  }

  /** `cost` is that of all ways to `from` and of the step from there. */
  #offer(cost: number, at: Position, left: Position | null, year: number, from: Place): void {
    if (cost > this.#best + MARGIN) return;
    if (cost < this.#best) this.#best = cost;
    const key = (at + 200_000) * 1_000_000 + (left === null ? 0 : left + 200_000);
    const known = this.#next.get(key);
    const step = { from, year, cost: cost - from.cost, other: known?.step ?? null };
    if (known === undefined) this.#next.set(key, { at, left, cost, rest: 0, step });
    else {
      known.cost = together(known.cost, cost);
      known.step = step;
    }
  }

  #own(year: number): number {
    let cost = this.#known.get(year);
    if (cost === undefined) {
      cost = this.#evidence.cost(this.#index, year);
      this.#known.set(year, cost);
    }
    return cost;
  }

  #written(place: Place, scene: Scene, written: number): void {
    const c = this.#c;
    if (scene.soft) {
      this.#offer(place.cost, place.at, place.left, written, place);
      const end = positionOf(written, scene.lastMonth ?? 0);
      if (written !== yearAt(place.at)) this.#offer(place.cost + c.soft, end, place.at, written, place);
      return;
    }
    this.#believed(place, scene, written, 0);
    // Only what a year costs beside the written one counts: a date may lie far from all others and still be right.
    const base = c.typo - this.#own(written);
    for (const meant of [written - 1, written + 1]) this.#believed(place, scene, meant, base + this.#own(meant));
    if (scene.chapter) this.#offer(place.cost + c.ignoreChapter, place.at, place.left, written, place);
    else if (written !== yearAt(place.at)) {
      const apart = scene.aside
        ? c.aside
        : scene.month === null
          ? c.digressYear
          : scene.day === null
            ? c.digressMonth
            : c.digressDay;
      this.#offer(place.cost + apart, endOf(scene, written), place.at, written, place);
    }
  }

  /** Ways by which the story comes to a year that is written, or meant by what is. */
  #believed(place: Place, scene: Scene, year: number, doubt: number): void {
    const c = this.#c;
    const cost = place.cost + doubt;
    const end = endOf(scene, year);
    if (scene.chapter) {
      this.#offer(cost + toChapter(place.at, year, c), end, null, year, place);
      return;
    }
    const direct = toWritten(place.at, year, scene, c);
    this.#offer(
      cost + direct,
      endFrom(place.at, scene, year, end),
      direct >= c.jump ? place.at : place.left,
      year,
      place,
    );
    if (place.left === null) return;
    const back = toWritten(place.left, year, scene, c) + toReturn(scene, c);
    this.#offer(cost + back, endFrom(place.left, scene, year, end), null, year, place);
  }

  #unwritten(place: Place, scene: Scene, month: number): void {
    const stay = place.left === null ? 0 : toStay(scene, this.#c);
    this.#follow(place, scene, month, place.at, stay, place.left);
    if (place.left !== null) this.#follow(place, scene, month, place.left, toReturn(scene, this.#c), null);
    if (this.#next.size === 0) this.#offer(place.cost, place.at, place.left, yearAt(place.at), place);
  }

  /** The years in which a month without one may lie, seen from a position. */
  #follow(place: Place, scene: Scene, month: number, from: Position, extra: number, left: Position | null): void {
    const c = this.#c;
    const over = scene.lastMonth !== null && scene.lastMonth < month ? 1 : 0;
    const reached = yearAt(from);
    for (let year = reached - 1; year <= reached + 1; year++) {
      if (scene.day === 29 && month === 2 && daysInMonth(year, 2) < 29) continue;
      if (scene.held && year !== reached) continue;
      if (scene.backwards) {
        const behind = reached * 12 + (monthAt(from) || 12) - (year * 12 + month);
        if (behind > 0 && behind <= 12) this.#offer(place.cost + extra, place.at, place.left, year, place);
        continue;
      }
      const last = scene.lastMonth ?? month;
      let cost = toUnwritten(from, year, month, c);
      if (over === 1) cost = Math.min(cost, toUnwritten(from, year + 1, last, c));
      const own = c.unwritten * this.#own(year);
      this.#offer(place.cost + cost + own + extra, positionOf(year + over, last), left, year, place);
    }
  }

  /** For every scene the years that it may have, with their probabilities. Call it once, after the last scene. */
  beliefs(): Map<number, number>[] {
    const beliefs: Map<number, number>[] = [];
    for (let layer = this.#layers.length - 1; layer > 0; layer--) {
      for (const place of this.#layers[layer - 1] ?? []) place.rest = Number.POSITIVE_INFINITY;
      const weights = new Map<number, number>();
      let all = Number.POSITIVE_INFINITY;
      for (const { rest, step } of this.#layers[layer] ?? []) {
        for (let way = step; way !== null; way = way.other) {
          const { from, year, cost } = way;
          from.rest = together(cost + rest, from.rest);
          const whole = from.cost + cost + rest;
          all = together(whole, all);
          weights.set(year, together(whole, weights.get(year) ?? Number.POSITIVE_INFINITY));
        }
      }
      for (const [year, weight] of weights) weights.set(year, Math.exp(all - weight));
      beliefs.push(weights);
    }
    return beliefs.reverse();
  }
}

/** The same seen from a place: a bare year within the year reached says nothing of the month. */
function endFrom(from: Position, { month }: Scene, year: number, end: Position): Position {
  return month === null && year === yearAt(from) ? from : end;
}

/** Where a date with that year leaves the story. */
function endOf(scene: Scene, year: number): Position {
  const over = scene.lastMonth !== null && scene.lastMonth < (scene.month ?? 0) ? 1 : 0;
  return positionOf(year + over, scene.lastMonth ?? 0);
}
