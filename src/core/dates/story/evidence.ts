import { daysInMonth, weekdayOf } from '../calendar.ts';
import type { StoryCosts } from './costs.ts';
import type { Scene } from './scene.ts';

/** Scenes on either side whose dates are compared; farther ones say next to nothing. */
const REACH = 10;
/** Farther than so many times the months in which a date is felt, nothing of it is left. */
const REACH_MONTHS = 6;
/** A day that the year does not have: dearer than any doubt. */
const IMPOSSIBLE = 20;

/** Months of the text's time as one number; a bare year counts as its middle. */
const monthOf = (year: number, month: number | null): number => year * 12 + (month === null ? 5.5 : month - 1);

const dayKey = (year: number, month: number, day: number): number => (year * 13 + month) * 32 + day;

/**
 * What the text says of a year for one of its dates, apart from the way of the story there: whether the dates about it
 * lie near, whether the very day is told elsewhere, whether its heading's years, its weekday and the calendar allow it.
 * `years` are those that the scenes are taken to have, null where nothing is known yet.
 */
export class Evidence {
  readonly #costs: StoryCosts;
  readonly #scenes: readonly Scene[];
  readonly #years: readonly (number | null)[];
  /** The scenes' months by those years, NaN where nothing is known; {@link REACH} empty places stand on either side. */
  readonly #months: Float64Array;
  readonly #weights: readonly number[];
  readonly #decay: Float64Array;
  /** The scene last asked for, and its costs by year. */
  #asked = -1;
  readonly #known = new Map<number, number>();
  readonly #days = new Map<number, number>();

  constructor(scenes: readonly Scene[], years: readonly (number | null)[], costs: StoryCosts) {
    this.#costs = costs;
    this.#scenes = scenes;
    this.#years = years;
    this.#months = new Float64Array(scenes.length + 2 * REACH).fill(Number.NaN);
    this.#decay = Float64Array.from({ length: Math.ceil(2 * REACH_MONTHS * costs.nearMonths) }, (_, half) =>
      Math.exp(-half / 2 / costs.nearMonths),
    );
    this.#weights = Array.from({ length: REACH + 1 }, (_, away) => Math.exp(-away / costs.nearScenes));
    for (const [i, { month, about, day }] of scenes.entries()) {
      const year = years[i];
      if (year == null) continue;
      this.#months[i + REACH] = monthOf(year, month ?? about);
      if (month === null || day === null) continue;
      const key = dayKey(year, month, day);
      this.#days.set(key, (this.#days.get(key) ?? 0) + 1);
    }
  }

  /**
   * The cost of a year for the scene with that index; only differences between years of one scene mean anything. Ask for
   * all years of a scene before those of another: what was found for the last scene is remembered.
   */
  cost(index: number, year: number): number {
    if (index !== this.#asked) {
      this.#asked = index;
      this.#known.clear();
    }
    let cost = this.#known.get(year);
    if (cost === undefined) {
      cost = this.#weigh(index, year);
      this.#known.set(year, cost);
    }
    return cost;
  }

  #weigh(index: number, year: number): number {
    const scene = this.#scenes[index];
    if (scene === undefined) return 0;
    const c = this.#costs;
    const { month, day, chapter, chapterFrom, chapterTo } = scene;
    if (chapter) return scene.counted === year ? -c.counted : 0;
    let cost = -c.near * Math.log(c.nearFloor + this.#neighbours(index, monthOf(year, month ?? scene.about)));
    if (scene.year !== null && chapterFrom !== null && chapterTo !== null && (year < chapterFrom || year > chapterTo))
      cost += c.outsideChapter;
    if (month === null || day === null) return cost;
    if (day > daysInMonth(year, month)) return cost + IMPOSSIBLE;
    const own = this.#years[index] === year ? 1 : 0;
    if ((this.#days.get(dayKey(year, month, day)) ?? 0) > own) cost -= c.sameDay;
    if (scene.weekday !== null && weekdayOf({ year, month, day }) !== scene.weekday) cost += c.weekday;
    return cost;
  }

  /** How many of the dates about a scene lie near a month, in full where both are close and hardly where either is far. */
  #neighbours(index: number, at: number): number {
    const own = index + REACH;
    let sum = 0;
    for (let away = 1; away <= REACH; away++)
      sum += (this.#nearness(own - away, at) + this.#nearness(own + away, at)) * (this.#weights[away] ?? 0);
    return sum;
  }

  #nearness(place: number, at: number): number {
    const halves = 2 * Math.abs((this.#months[place] ?? Number.NaN) - at);
    return halves < this.#decay.length ? (this.#decay[halves] ?? 0) : 0;
  }
}
