import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '#core/diff/types.ts';
import type { Sighting } from '#core/history/advance.ts';
import { begin, read } from '../../../bench/diff/fold.ts';
import { anyRevision } from '../diff/support.ts';
import { Growth, OPTIONS, sightingOn } from './support.ts';

/** What each step changed, with ids. */
async function play(list: readonly Sighting['blocks'][]): Promise<string[][]> {
  const growth = new Growth();
  const steps: string[][] = [];
  for (const [day, blocks] of list.entries()) {
    steps.push(named((await growth.see(sightingOn(day + 1, blocks), OPTIONS))?.changes ?? []));
  }
  return steps;
}

const named = (changes: readonly Change[]) =>
  changes.map(({ kind, before, after }) => `${kind} ${[...before, ...after].map(({ id }) => id)}`);

describe('the past of a page, recalled by key', () => {
  it('gives the same changes and ids as a memory of everything that ever left the page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRevision, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(9), { maxLength: 8 }),
        async (revisions, order) => {
          const all = revisions.flatMap(({ before, after }) => [before, after]);
          const list = [...all, ...order.map((at) => all[at % all.length] ?? [])];
          const state = { now: begin(list[0] ?? [], 'page') };
          const whole: string[][] = [[]];
          for (const blocks of list.slice(1)) {
            const { result, state: next } = read(state.now, blocks, 'page');
            whole.push(named(result.changes));
            state.now = next;
          }
          expect(await play(list)).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });
});
