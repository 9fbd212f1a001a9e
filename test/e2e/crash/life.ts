import { difference } from './difference.ts';
import type { Life, Slot } from './lives.ts';
import { describePoint, haunts } from './points.ts';
import { Injector } from './world/faults.ts';
import type { Land } from './world/grounds.ts';
import { Machine } from './world/machine.ts';
import type { ReferenceStep } from './world/reference.ts';
import { SeenObjects } from './world/seen-objects.ts';
import { stateOf } from './world/state.ts';

/** A life that did not end as the undisturbed one, or what stopped it. */
export interface Deviation {
  /** Name of the step after which it showed. */
  readonly step: string;
  /** The fault at work, as people find it; null when there was none. */
  readonly fault: string | null;
  /** Faults of the steps before, of which something may have been left. */
  readonly earlier: readonly string[];
  readonly difference: readonly string[];
}

export interface Outcome {
  /** Points that came to pass, the state being the reference one after them. */
  readonly ran: number;
  /** Points whose call was not made, or that a deviation kept from being tried: each wants a life of its own. */
  readonly again: readonly Slot[];
  readonly deviation: Deviation | null;
}

class Deviated extends Error {
  constructor(readonly difference: readonly string[]) {
    super('the state is not the reference one');
  }
}

/** A machine over fresh ground that is held against the reference run. */
export class Trial {
  readonly machine: Machine;
  readonly #seen: SeenObjects;

  private constructor(ground: Machine['ground']) {
    this.#seen = new SeenObjects(ground.objects);
    this.machine = new Machine({ send: ground.send, objects: this.#seen.objects });
  }

  /** @param from a step that the life begins with, over what the undisturbed run had left before it. */
  static async over(land: Land, from?: ReferenceStep): Promise<Trial> {
    const trial = new Trial(await land.fresh(from?.before));
    trial.machine.sent.push(...(from?.before.sent ?? []));
    return trial;
  }

  /** Throws when the state differs, or when a worker ended in a forbidden way. */
  async compare({ state }: ReferenceStep): Promise<void> {
    const unexpected = this.machine.unexpected();
    if (unexpected.length > 0) throw new Deviated(unexpected);
    const lines = difference(state, await stateOf(this.machine.reader(), this.#seen.view, this.machine.sent));
    if (lines.length > 0) throw new Deviated(lines);
  }

  /** Compares the state again, with all objects read again. */
  async compareAgain(reference: ReferenceStep): Promise<void> {
    this.#seen.forget();
    await this.compare(reference);
  }
}

/** Runs a life over fresh ground: from the step of its first fault to the step after its last. */
export async function runLife(land: Land, reference: readonly ReferenceStep[], life: Life): Promise<Outcome> {
  const first = life[0]?.step ?? 0;
  const last = Math.min((life.at(-1)?.step ?? reference.length) + 1, reference.length - 1);
  const slots = new Map(life.map((slot) => [slot.step, slot]));
  const trial = await Trial.over(land, reference[first]);
  const { machine } = trial;
  const done = new Set<Slot>();
  const missed = new Set<Slot>();
  let haunted: Slot | null = null;
  for (const [number, one] of reference.entries()) {
    if (number < first || number > last) continue;
    const slot: Slot | null = haunted ?? slots.get(number) ?? null;
    try {
      // What a fault left asleep is woken by the injector that put it to sleep.
      if (haunted === null) machine.injector = new Injector(slot?.point ?? null);
      await machine.step(one.step);
      if (haunted !== null) await machine.wake();
      const reached: boolean = slot !== null && !machine.injector.armed;
      if (number === last) await trial.compareAgain(one);
      else if (reached) await trial.compare(one);
      if (slot !== null && !reached) missed.add(slot);
      haunted = slot !== null && reached && slot !== haunted && haunts(slot.point) ? slot : null;
      if (slot !== null && reached && (haunted === null || number === last)) done.add(slot);
    } catch (error) {
      const earlier = life.filter((other) => other.step < (slot?.step ?? number)).map(describeSlot);
      const at = { step: one.step.name, fault: slot === null ? null : describeSlot(slot), earlier };
      const again = life.filter((other) => !done.has(other));
      return { ran: done.size, again, deviation: { ...at, difference: reasons(error, machine) } };
    }
  }
  return { ran: done.size, again: [...missed], deviation: null };
}

/** Ways to run the whole scenario without a fault: once, everything twice, everything again backwards after every step. */
export const WHOLES = ['once', 'twice', 'backwards'] as const;
export type Whole = (typeof WHOLES)[number];

/** Runs the whole scenario without a fault. */
export async function runWhole(land: Land, reference: readonly ReferenceStep[], way: Whole): Promise<Deviation | null> {
  const trial = await Trial.over(land);
  const { machine } = trial;
  if (way === 'twice') machine.times = 2;
  for (const [number, one] of reference.entries()) {
    try {
      machine.injector = new Injector(null);
      await machine.step(one.step);
      if (way === 'backwards') await machine.repeatBackwards();
      if (way === 'once' || number === reference.length - 1) await trial.compareAgain(one);
      const lines = way === 'once' ? difference(one.calls, machine.injector.calls) : [];
      if (lines.length > 0) throw new Deviated(lines);
    } catch (error) {
      return { step: one.step.name, fault: null, earlier: [], difference: reasons(error, machine) };
    }
  }
  return null;
}

function describeSlot({ step, point }: Slot): string {
  return `${describePoint(point)} in step ${step + 1}`;
}

function reasons(error: unknown, machine: Machine): readonly string[] {
  if (error instanceof Deviated) return error.difference;
  return [String(error), ...machine.failures.slice(-3).map((failure) => `a worker ended with ${String(failure)}`)];
}
