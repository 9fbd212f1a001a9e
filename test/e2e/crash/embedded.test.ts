import { afterAll, describe, expect, it } from 'vitest';
import { runLife } from './life.ts';
import { livesOf, pointsByStep, shareOf } from './lives.ts';
import { openEmbeddedLand } from './world/grounds.ts';
import { undisturbed } from './world/reference.ts';

/** A share of what `npm run crash` runs: a few lives, spread over all of them. */
const EVERY = 200;

describe('crash matrix: lives over the embedded table and a folder', async () => {
  const reference = await undisturbed();
  const lives = shareOf(livesOf(pointsByStep(reference)), EVERY);
  const land = await openEmbeddedLand();
  afterAll(() => land.close());
  let points = 0;

  it('meets faults of nearly all kinds', () => {
    const kinds = lives.flatMap((life) => life.map(({ point }) => `${point.level} ${point.fault}`));
    expect(new Set(kinds).size).toBeGreaterThan(8);
  });

  it.each(lives.map((life, index) => [index, life] as const))(
    'loses nothing and doubles nothing in life %i',
    async (_, life) => {
      const { ran, again, deviation } = await runLife(land, reference, life);
      expect(deviation).toBeNull();
      points += ran;
      for (const slot of again) {
        expect(await runLife(land, reference, [slot])).toEqual({ ran: 1, again: [], deviation: null });
        points += 1;
      }
      expect(ran + again.length).toBe(life.length);
    },
  );

  it('ran every point of them', () => {
    process.stdout.write(`crash matrix over ${land.name}: ${points} points, a share of what npm run crash runs\n`);
    expect(points).toBe(lives.flat().length);
  });
});
