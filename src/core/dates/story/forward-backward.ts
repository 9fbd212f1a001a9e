import { daysInMonth } from '../calendar.ts';
import { Layer, type Place } from './beam.ts';
import type { StoryCosts } from './costs.ts';
import type { Evidence } from './evidence.ts';
import type { Scene } from './scene.ts';
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
} from './steps.ts';

/** All likely ways through a story, scene by scene; {@link Ways.beliefs} weighs them from both ends. */
export class Ways {
  readonly #c: StoryCosts;
  readonly #evidence: Evidence;
  readonly #layers: (readonly Place[])[];
  readonly #next = new Layer();
  #index = -1;
  #cost = 0;

  constructor(first: number, costs: StoryCosts, evidence: Evidence) {
    this.#c = costs;
    this.#evidence = evidence;
    // The first year may be mistyped as well as any other, so the story may begin on either side of it.
    this.#layers = [
      [first, first - 1, first + 1].map((year) => ({
        at: positionOf(year, 0),
        left: null,
        weight: 1,
        cost: 0,
        rest: 0,
        step: null,
      })),
    ];
  }

  /** How unlikely the scenes are, as a negative logarithm, over all ways through them. */
  get cost(): number {
    return this.#cost;
  }

  /** Goes on by one scene; they are given in order. */
  take(scene: Scene): void {
    this.#index += 1;
    for (const place of this.#layers.at(-1) ?? []) {
      if (scene.year !== null) this.#written(place, scene, scene.year);
      else this.#unwritten(place, scene, scene.month ?? 1);
    }
    const { places, cost } = this.#next.close();
    this.#cost += cost;
    this.#layers.push(places);
  }

  #own(year: number): number {
    return this.#evidence.cost(this.#index, year);
  }

  #written(place: Place, scene: Scene, written: number): void {
    const c = this.#c;
    if (scene.soft) {
      this.#next.offer(place, written === yearAt(place.at) ? 0 : c.softApart, place.at, place.left, written);
      const end = positionOf(written, scene.lastMonth ?? 0);
      if (written !== yearAt(place.at)) this.#next.offer(place, c.soft, end, place.at, written);
      return;
    }
    if (scene.until) {
      this.#ended(place, scene, written, 0);
      for (const meant of [written - 1, written + 1]) this.#ended(place, scene, meant, c.typo);
      return;
    }
    this.#believed(place, scene, written, 0);
    // Only what a year costs beside the written one counts: a date may lie far from all others and still be right.
    const base =
      c.typo + (scene.month === null ? c.typoYear : scene.day === null ? c.typoMonth : 0) - this.#own(written);
    for (const meant of [written - 1, written + 1]) this.#believed(place, scene, meant, base + this.#own(meant));
    if (scene.chapter) this.#next.offer(place, c.ignoreChapter, place.at, place.left, written);
    else if (written !== yearAt(place.at)) {
      const apart = scene.aside
        ? c.aside
        : scene.month === null
          ? c.digressYear
          : scene.day === null
            ? c.digressMonth
            : c.digressDay;
      this.#next.offer(place, apart, endOf(scene, written), place.at, written);
    }
  }

  /** The end of a span, after its beginning; the story stays where the span begins. */
  #ended(place: Place, scene: Scene, year: number, doubt: number): void {
    const c = this.#c;
    const runs = year > yearAt(place.at) || (year === yearAt(place.at) && (scene.month ?? 0) > monthAt(place.at));
    const cost = runs ? c.cued * toWritten(place.at, year, scene, c) : c.reversed;
    this.#next.offer(place, doubt + cost, place.at, place.left, year);
  }

  /** Ways by which the story comes to a year that is written, or meant by what is. */
  #believed(place: Place, scene: Scene, year: number, doubt: number): void {
    const c = this.#c;
    if (!this.#next.takes(place.cost + doubt)) return;
    if (scene.chapter) {
      this.#next.offer(place, doubt + toChapter(place.at, year, c), endOf(scene, year), null, year);
      return;
    }
    const direct = toWritten(place.at, year, scene, c);
    const left = direct >= c.jump ? place.at : place.left;
    this.#arrive(place, doubt + direct, place.at, scene, year, left);
    if (place.left === null) return;
    const back = toWritten(place.left, year, scene, c) + toReturn(scene, c);
    this.#arrive(place, doubt + back, place.left, scene, year, null);
  }

  /** "Late 1941" may be November, or leave the month as open as "1941" does. */
  #arrive(place: Place, cost: number, from: Position, scene: Scene, year: number, left: Position | null): void {
    const end = endFrom(from, scene, year, endOf(scene, year));
    if (scene.about === null) this.#next.offer(place, cost, end, left, year);
    else {
      this.#next.offer(place, cost + this.#c.aboutOpen, end, left, year);
      this.#next.offer(place, cost + this.#c.aboutMonth, positionOf(year, scene.about), left, year);
    }
  }

  #unwritten(place: Place, scene: Scene, month: number): void {
    const stay = place.left === null ? 0 : toStay(scene, this.#c);
    this.#follow(place, scene, month, place.at, stay, place.left);
    if (place.left !== null) this.#follow(place, scene, month, place.left, toReturn(scene, this.#c), null);
    if (this.#next.size === 0) this.#next.offer(place, 0, place.at, place.left, yearAt(place.at));
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
        if (behind > 0 && behind <= 12) this.#next.offer(place, extra, place.at, place.left, year);
        continue;
      }
      const last = scene.lastMonth ?? month;
      let cost = toUnwritten(from, year, month, c);
      if (over === 1) cost = Math.min(cost, toUnwritten(from, year + 1, last, c));
      const own = c.unwritten * this.#own(year);
      const moves = scene.aside ? c.asideMoves : 0;
      this.#next.offer(place, cost + own + extra + moves, positionOf(year + over, last), left, year);
      if (scene.aside) this.#next.offer(place, cost + own + extra + c.asideStays, from, left, year);
    }
  }

  /** For every scene the years that it may have, with their probabilities. Call it once, after the last scene. */
  beliefs(): Map<number, number>[] {
    const beliefs: Map<number, number>[] = [];
    for (const place of this.#layers.at(-1) ?? []) place.rest = 1;
    for (let layer = this.#layers.length - 1; layer > 0; layer--) {
      const belief = new Map<number, number>();
      let all = 0;
      for (const { rest, step } of this.#layers[layer] ?? []) {
        for (let way = step; way !== null; way = way.other) {
          const { from, year, weight } = way;
          from.rest += weight * rest;
          const whole = from.weight * weight * rest;
          all += whole;
          belief.set(year, (belief.get(year) ?? 0) + whole);
        }
      }
      for (const [year, whole] of belief) belief.set(year, whole / all);
      beliefs.push(belief);
      this.#scale(layer - 1);
    }
    return beliefs.reverse();
  }

  /** Only proportions count, so a layer's numbers are kept near one, whatever the length of the text. */
  #scale(layer: number): void {
    const places = this.#layers[layer] ?? [];
    let most = 0;
    for (const { rest } of places) most = Math.max(most, rest);
    for (const place of places) place.rest /= most;
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
