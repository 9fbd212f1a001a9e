import { describe, expect, it, onTestFinished } from 'vitest';
import { noStandIn } from '../../support/stand-in.ts';
import { runLife } from './life.ts';
import { livesOf, pointsByStep } from './lives.ts';
import { openStandInLand } from './world/grounds.ts';
import { undisturbed } from './world/reference.ts';

/** Where a stand-in is slow, the last points of one life; `npm run crash` runs them all. */
const POINTS = 3;
const missing = noStandIn();

describe.skipIf(missing !== null)('crash matrix: a life over an AWS stand-in', () => {
  it('loses nothing and doubles nothing over the adapters of DynamoDB and S3', async () => {
    const reference = await undisturbed();
    const [life = []] = livesOf(pointsByStep(reference));
    const land = await openStandInLand();
    onTestFinished(() => land.close());
    expect(await runLife(land, reference, life.slice(-POINTS))).toEqual({ ran: POINTS, again: [], deviation: null });
  });
});

if (missing !== null) it.skip(`the crash matrix over an AWS stand-in: skipped, for ${missing}`, () => {});
