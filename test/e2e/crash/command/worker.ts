import { runLife, runWhole } from '../life.ts';
import { openEmbeddedLand, openStandInLand } from '../world/grounds.ts';
import { undisturbed } from '../world/reference.ts';
import type { Report } from './crew.ts';
import type { Result, Task } from './ledger.ts';

/** Runs what it is sent over a ground of its own until its parent goes away. */
const land = await (process.argv[2] === 'stand-in' ? openStandInLand() : openEmbeddedLand());
const reference = await undisturbed();
const send = (report: Report) => process.send?.(report);

async function run(task: Task): Promise<Result> {
  if ('life' in task) return { outcome: await runLife(land, reference, task.life) };
  return { whole: await runWhole(land, reference, task.whole) };
}

process.on('message', (task: Task) => {
  run(task).then(send, async (error: unknown) => {
    console.error(error);
    await land.close();
    process.exit(1);
  });
});
// What the ground is made of ends with its clients; an interrupt reaches the parent too, which then lets go.
process.on('SIGINT', () => {});
process.once('disconnect', async () => {
  await land.close();
  process.exit();
});
send({ ready: land.name });
