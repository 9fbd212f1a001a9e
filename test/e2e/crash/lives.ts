import { haunts, LEVELS, pointsOf } from './points.ts';
import type { Point } from './world/faults.ts';
import type { ReferenceStep } from './world/reference.ts';

/** A fault and the step that it happens in. */
export interface Slot {
  readonly step: number;
  readonly point: Point;
}

/**
 * Faults of one life, in the order of its steps. Never two in a step, since what the one breaks the other's redelivery
 * might mend; for the same reason the step after one that haunts is left undisturbed.
 */
export type Life = readonly Slot[];

/** Every point of the scenario, a list a step. */
export function pointsByStep(reference: readonly ReferenceStep[]): Point[][] {
  return reference.map((one) => LEVELS.flatMap((level) => pointsOf(level, one.calls[level])));
}

/**
 * Lives in which every point happens once, as few as there can be: a point takes one step or two, and intervals that
 * are given in order to the first life that is free need no more lives than overlap somewhere. The points of a step are
 * shuffled, always alike, so that every life meets faults of all kinds.
 */
export function livesOf(steps: readonly (readonly Point[])[]): Life[] {
  const lives: Slot[][] = [];
  const busyUntil: number[] = [];
  for (const [step, points] of steps.entries()) {
    let life = 0;
    for (const point of shuffled(points, step + 1)) {
      while ((busyUntil[life] ?? 0) > step) life += 1;
      const slots = lives[life] ?? [];
      lives[life] = slots;
      slots.push({ step, point });
      busyUntil[life] = step + (haunts(point) ? 2 : 1);
    }
  }
  return lives;
}

/** The same order for the same seed. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = [...values];
  let state = seed;
  for (let end = random.length - 1; end > 0; end -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (end + 1));
    const [a, b] = [random[end], random[other]];
    if (a === undefined || b === undefined) break;
    random[end] = b;
    random[other] = a;
  }
  return random;
}

/** Every n-th life, the first of them being number `part`. */
export function shareOf(lives: readonly Life[], every: number, part = 0): Life[] {
  return lives.filter((_, index) => index % every === part);
}
