import { expect, it } from 'vitest';
import { difference } from './difference.ts';
import { describePoint, haunts, pointsOf } from './points.ts';
import { Injector, type Level } from './world/faults.ts';
import type { ReferenceStep } from './world/reference.ts';

/** A test a step: at every call of one level, everything that can go wrong there. Prints how many points ran. */
export function declareMatrix(level: Level, reference: readonly ReferenceStep[], atLeast: number): void {
  let points = 0;

  for (const [number, one] of reference.entries()) {
    const next = reference[number + 1];
    it(`${one.step.name}: nothing lost, nothing twice, whichever ${level} call goes wrong and how`, async () => {
      for (const point of pointsOf(level, one.calls[level])) {
        const where = describePoint(point);
        const { machine, state } = one.before.machine();
        machine.injector = new Injector(point);
        await machine.step(one.step);
        expect(machine.injector.armed, `${where} was reached`).toBe(false);
        expect(difference(one.state, await state()), where).toEqual([]);
        if (next !== undefined && haunts(point)) {
          await machine.step(next.step);
          await machine.wake();
          expect(difference(next.state, await state()), `${where}, one step later`).toEqual([]);
        }
        expect(machine.unexpected(), where).toEqual([]);
        points += 1;
      }
    });
  }

  it('ran every point', () => {
    process.stdout.write(`crash matrix, ${level} calls over maps: ${points} points\n`);
    expect(points).toBeGreaterThan(atLeast);
  });
}
