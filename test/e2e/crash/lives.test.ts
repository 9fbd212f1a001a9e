import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livesOf, shareOf } from './lives.ts';
import { haunts, pointsOf } from './points.ts';

const call = fc.constantFrom('plan history.due', 'fetch objects.get', 'ingest BatchWriteCommand');
const steps = fc
  .array(fc.array(call, { maxLength: 6 }), { maxLength: 8 })
  .map((all) => all.map((calls) => [...pointsOf('port', calls), ...pointsOf('database', calls)]));

describe('lives of the crash matrix', () => {
  it('hold every point of every step once', () => {
    fc.assert(
      fc.property(steps, (points) => {
        const named = (step: number, point: unknown) => `${step} ${JSON.stringify(point)}`;
        const all = points.flatMap((some, step) => some.map((point) => named(step, point)));
        const held = livesOf(points).flatMap((life) => life.map(({ step, point }) => named(step, point)));
        expect(held.sort()).toEqual(all.sort());
      }),
    );
  });

  it('go forward, one fault a step, and leave the step after one that haunts undisturbed', () => {
    fc.assert(
      fc.property(steps, (points) => {
        for (const life of livesOf(points)) {
          for (const [place, slot] of life.entries()) {
            const before = life[place - 1];
            if (before === undefined) continue;
            expect(slot.step - before.step).toBeGreaterThanOrEqual(haunts(before.point) ? 2 : 1);
          }
        }
      }),
    );
  });

  it('are as few as the fullest step allows', () => {
    fc.assert(
      fc.property(steps, (points) => {
        const busy = points.map((some, step) => some.length + (points[step - 1] ?? []).filter(haunts).length);
        expect(livesOf(points)).toHaveLength(Math.max(0, ...busy));
      }),
    );
  });

  it('are the same every time, and fall into shares that are all of them together', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (points, every) => {
        const lives = livesOf(points);
        expect(livesOf(points)).toEqual(lives);
        const shares = Array.from({ length: every }, (_, part) => shareOf(lives, every, part));
        expect(shares.flat()).toHaveLength(lives.length);
        expect(new Set(shares.flat().map((life) => JSON.stringify(life))).size).toBe(lives.length);
      }),
    );
  });
});
