import { expect, it } from 'vitest';
import { ItemTable } from '../../support/item-table.ts';
import { type Fault, Injector, type Level } from './faults.ts';
import { Machine } from './machine.ts';
import { ObjectMap } from './object-map.ts';
import { SCENARIO, type Step } from './scenario.ts';
import { type State, stateOf } from './state.ts';

/** A machine's ground at one moment: copied in one go, so that every point begins where the last step ended. */
export class Moment {
  readonly table: ItemTable;
  readonly objects: ObjectMap;
  readonly sent: Machine['mailbox']['sent'];

  constructor(table = new ItemTable(), objects = new ObjectMap(), sent: Machine['mailbox']['sent'] = []) {
    this.table = table;
    this.objects = objects;
    this.sent = sent;
  }

  machine(): { machine: Machine; now: () => Moment; state: () => Promise<State> } {
    const table = this.table.clone();
    const objects = this.objects.clone();
    const machine = new Machine({ send: (command) => table.send(command), objects });
    machine.mailbox.sent.push(...this.sent);
    return {
      machine,
      now: () => new Moment(table.clone(), objects.clone(), [...machine.mailbox.sent]),
      state: () => stateOf(machine.reader(), objects, machine.mailbox.sent),
    };
  }
}

const FAULTS: Record<Level, readonly Fault[]> = {
  port: ['dies-before', 'dies-after', 'fails', 'rival', 'sleeps'],
  database: ['dies-before', 'dies-after', 'throttled', 'torn', 'rival', 'sleeps'],
};

/** Faults after which something is left behind that may do harm later: a torn write, a worker that still lives. */
const HAUNTING: ReadonlySet<Fault> = new Set(['dies-after', 'torn', 'rival', 'sleeps']);

export interface Known {
  readonly step: Step;
  readonly before: Moment;
  readonly state: State;
  readonly calls: Record<Level, readonly string[]>;
}

/** The undisturbed run, step by step. */
export async function undisturbed(): Promise<Known[]> {
  const known: Known[] = [];
  let before = new Moment();
  for (const step of SCENARIO) {
    const { machine, now, state } = before.machine();
    machine.injector = new Injector(null);
    await machine.step(step);
    known.push({ step, before, state: await state(), calls: machine.injector.calls });
    before = now();
  }
  return known;
}

/** A test a step: at every call of one level, everything that can go wrong there. Prints how many points ran. */
export function declareMatrix(level: Level, known: readonly Known[], atLeast: number): void {
  let points = 0;

  for (const [number, one] of known.entries()) {
    const next = known[number + 1];
    it(`${one.step.name}: nothing lost, nothing twice, whichever ${level} call goes wrong and how`, async () => {
      for (const [index, name] of one.calls[level].entries()) {
        for (const fault of FAULTS[level]) {
          if (fault === 'torn' && !name.endsWith('BatchWriteCommand')) continue;
          // What a fetch says late is bounded by its function's timeout, which is shorter than the lease.
          if (fault === 'sleeps' && name.startsWith('fetch ')) continue;
          const where = `${fault} at call ${index} (${name})`;
          const { machine, state } = one.before.machine();
          machine.injector = new Injector({ level, index, fault });
          await machine.step(one.step);
          expect(machine.injector.armed, `${where} was reached`).toBe(false);
          expect(await state(), where).toEqual(one.state);
          if (next !== undefined && HAUNTING.has(fault)) {
            await machine.step(next.step);
            await machine.wake();
            expect(await state(), `${where}, one step later`).toEqual(next.state);
          }
          points += 1;
        }
      }
    });
  }

  it('ran every point', () => {
    process.stdout.write(`crash matrix, ${level} calls: ${points} points\n`);
    expect(points).toBeGreaterThan(atLeast);
  });
}
