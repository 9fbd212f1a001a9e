import { describe, expect, it } from 'vitest';
import type { Deviation, Outcome } from '../life.ts';
import type { Life } from '../lives.ts';
import { pointsOf } from '../points.ts';
import { Ledger, type Task } from './ledger.ts';

const slots = pointsOf('port', ['plan history.due']).map((point, step) => ({ step, point }));
const life: Life = slots.slice(0, 3);
const [first, second] = slots.slice(0, 2);
const deviation: Deviation = { step: 'an edit', fault: 'a fault', earlier: [], difference: ['head.revision: 2'] };

/** Runs every task with `run`, and returns the tasks. */
function runAll(ledger: Ledger, run: (task: Task) => Partial<Outcome>): Task[] {
  const tasks: Task[] = [];
  for (let task = ledger.next(); task !== undefined; task = ledger.next()) {
    tasks.push(task);
    const outcome = { ran: 0, again: [], deviation: null, ...run(task) };
    ledger.recordCheck(task, 'life' in task ? { outcome } : { whole: outcome.deviation });
  }
  return tasks;
}

describe('the ledger of a crash matrix', () => {
  it('hands out whole scenarios and lives, and counts points only of lives', () => {
    const ledger = new Ledger([life, [...slots.slice(3)]], ['once', 'twice']);
    expect(ledger.total).toBe(4);
    runAll(ledger, (task) => ({ ran: 'life' in task ? task.life.length : 99 }));
    expect(ledger).toMatchObject({ points: slots.length, lives: 2, alone: 0, done: 4, total: 4 });
    expect(ledger.deviations).toEqual([]);
  });

  it('runs every unreached point in a life of its own, and counts it there', () => {
    if (first === undefined || second === undefined) throw new Error('no points');
    const ledger = new Ledger([life], []);
    const tasks = runAll(ledger, (task) =>
      'life' in task && task.life.length === 3 ? { ran: 1, again: [first, second] } : { ran: 1 },
    );
    expect(tasks).toEqual([{ life }, { life: [first] }, { life: [second] }]);
    expect(ledger).toMatchObject({ points: 3, lives: 3, alone: 2, done: 3, total: 3, unreached: [] });
  });

  it('tries a point alone once, even if its first life had no other, and reports that its call was never made', () => {
    if (first === undefined) throw new Error('no points');
    const ledger = new Ledger([[first]], []);
    expect(runAll(ledger, () => ({ again: [first] }))).toHaveLength(2);
    expect(ledger.points).toBe(0);
    expect(ledger.unreached).toEqual(['dies-before at port call 0 (plan history.due) in step 1']);
  });

  it('keeps deviations of lives and of whole scenarios, and calls no deviating point unreached', () => {
    if (first === undefined) throw new Error('no points');
    const ledger = new Ledger([[first]], ['backwards']);
    runAll(ledger, () => ({ again: [first], deviation }));
    expect(ledger.deviations).toEqual([deviation, deviation, deviation]);
    expect(ledger.unreached).toEqual([]);
  });
});
