import { type VerifyEvent, verify } from '#app/verify/verify.ts';
import { flipItem, flipObject, Random } from '../../test/support/flips.ts';
import { eventfulCaptures, PAGE, Watched } from '../../test/support/watched.ts';

/**
 * Flips one bit anywhere in a stored history of 50 revisions, so many times, and counts how often `verify` finds it:
 * `tsx bench/rebuild/flips.ts [flips] [seed]`.
 */
const [, , flips = '500', seed = '1'] = process.argv;
const store = await new Watched().seeAll(eventfulCaptures(45));
const head = await store.history.head(PAGE.id);
const random = new Random(Number(seed));
const missed: string[] = [];

async function finds(objects = store.objects): Promise<number> {
  let found = 0;
  const events: AsyncIterable<VerifyEvent> = verify({ history: store.history, objects, parser: '1', expires: false });
  for await (const event of events) if (event.type === 'finding') found += 1;
  return found;
}

if ((await finds()) > 0) throw new Error('the undamaged store has findings');
let items = 0;
for (let flip = 0; flip < Number(flips); flip += 1) {
  if (random.below(2) === 0) {
    items += 1;
    const { what, undo } = flipItem(store.table, random);
    if ((await finds()) === 0) missed.push(what);
    undo();
  } else {
    const { what, objects } = await flipObject(store.objects, random);
    if ((await finds(objects)) === 0) missed.push(what);
  }
}
const found = Number(flips) - missed.length;
console.log(`${head?.revision} revisions; ${flips} flips (${items} in items): ${found} found, ${missed.length} missed`);
for (const what of missed) console.log(`missed: ${what}`);
if (missed.length > 0) process.exitCode = 1;
