import { ItemTable } from '../../../support/item-table.ts';
import { Injector, type Level } from './faults.ts';
import { Machine } from './machine.ts';
import { ObjectMap } from './object-map.ts';
import { SCENARIO, type Step } from './scenario.ts';
import { type Delivery, type State, stateOf } from './state.ts';

/** A machine's ground at one moment: copied in one go, so that every point begins where the last step ended. */
export class Moment {
  readonly table: ItemTable;
  readonly objects: ObjectMap;
  readonly sent: readonly Delivery[];

  constructor(table = new ItemTable(), objects = new ObjectMap(), sent: readonly Delivery[] = []) {
    this.table = table;
    this.objects = objects;
    this.sent = sent;
  }

  machine(): { machine: Machine; now: () => Moment; state: () => Promise<State> } {
    const table = this.table.clone();
    const objects = this.objects.clone();
    const machine = new Machine({ send: (command) => table.send(command), objects });
    machine.sent.push(...this.sent);
    return {
      machine,
      now: () => new Moment(table.clone(), objects.clone(), [...machine.sent]),
      state: () => stateOf(machine.reader(), objects, machine.sent),
    };
  }
}

/** One step of the undisturbed run: the moment before it, the state after it, and its calls. */
export interface ReferenceStep {
  readonly step: Step;
  readonly before: Moment;
  readonly state: State;
  readonly calls: Readonly<Record<Level, readonly string[]>>;
}

/** The undisturbed run over maps, step by step: every other run is compared with it. */
export async function undisturbed(): Promise<ReferenceStep[]> {
  const reference: ReferenceStep[] = [];
  let before = new Moment();
  for (const step of SCENARIO) {
    const { machine, now, state } = before.machine();
    machine.injector = new Injector(null);
    await machine.step(step);
    reference.push({ step, before, state: await state(), calls: machine.injector.calls });
    before = now();
  }
  return reference;
}
