import type { Position } from './steps.ts';

/** A place that the story may have reached. */
export interface Place {
  readonly at: Position;
  /** Where the main story stood when it was left; null on the main story. */
  readonly left: Position | null;
  /** How likely all ways to here are together; within a layer only the proportions mean anything. */
  weight: number;
  /** The negative logarithm of {@link weight}. */
  cost: number;
  /** The same as {@link weight} for all ways on from here. */
  rest: number;
  /** The last of the steps that lead here. */
  step: Step | null;
}

/** A step that leads to a place. */
export interface Step {
  readonly from: Place;
  readonly year: number;
  readonly weight: number;
  /** Another step to the same place. */
  readonly other: Step | null;
}

/** Places kept after each scene. */
const WIDTH = 10;
/** Ways so much dearer than the best are not followed: all of them together hardly weigh. */
const MARGIN = 10;
/** Slots of the table of places; a power of two, well above what {@link WIDTH} places can offer. */
const SLOTS = 256;

/** The places that the story may have reached after one scene, gathered from what is offered for it. */
export class Layer {
  readonly #slots = new Int16Array(SLOTS);
  #places: Place[] = [];
  #least = Number.POSITIVE_INFINITY;

  get size(): number {
    return this.#places.length;
  }

  /** Whether anything that costs so much would still be followed. */
  takes(cost: number): boolean {
    return cost <= this.#least + MARGIN;
  }

  /** Offers a way to a place, by a step from `from` that costs `cost`. */
  offer(from: Place, cost: number, at: Position, left: Position | null, year: number): void {
    const whole = from.cost + cost;
    if (!this.takes(whole)) return;
    if (whole < this.#least) this.#least = whole;
    const weight = Math.exp(-cost);
    const place = this.#place(at, left);
    place.weight += from.weight * weight;
    place.step = { from, year, weight, other: place.step };
  }

  #place(at: Position, left: Position | null): Place {
    const slots = this.#slots;
    let slot = (Math.imul(at, 31) ^ Math.imul(left ?? -1, 131)) & (SLOTS - 1);
    for (;;) {
      const index = slots[slot] ?? 0;
      const known = index === 0 ? undefined : this.#places[index - 1];
      if (known === undefined) break;
      if (known.at === at && known.left === left) return known;
      slot = (slot + 1) & (SLOTS - 1);
    }
    const place: Place = { at, left, weight: 0, cost: 0, rest: 0, step: null };
    slots[slot] = this.#places.push(place);
    return place;
  }

  /**
   * The likeliest places, best first, with weights that add up to one, and what they cost together before that; the layer is empty afterwards.
   */
  close(): { readonly places: readonly Place[]; readonly cost: number } {
    const least = Math.exp(-this.#least - MARGIN);
    let places = this.#places.filter(({ weight }) => weight >= least).sort((a, b) => b.weight - a.weight);
    if (places.length > WIDTH) places = places.slice(0, WIDTH);
    let all = 0;
    for (const { weight } of places) all += weight;
    for (const place of places) {
      place.weight /= all;
      place.cost = -Math.log(place.weight);
    }
    this.#slots.fill(0);
    this.#places = [];
    this.#least = Number.POSITIVE_INFINITY;
    return { places, cost: -Math.log(all) };
  }
}
