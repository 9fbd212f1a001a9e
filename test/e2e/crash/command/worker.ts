import { runLife, runWhole } from '../life.ts';
import { openEmbeddedLand, openStandInLand } from '../world/grounds.ts';
import { undisturbed } from '../world/known.ts';
import type { Report } from './crew.ts';
import type { Result, Task } from './ledger.ts';

/** Runs what it is sent over a ground of its own until its parent goes away. */
const land = await (process.argv[2] === 'stand-in' ? openStandInLand() : openEmbeddedLand());
const known = await undisturbed();
const tell = (report: Report) => process.send?.(report);

async function run(task: Task): Promise<Result> {
  if ('life' in task) return { outcome: await runLife(land, known, task.life) };
  return { whole: await runWhole(land, known, task.whole) };
}

process.on('message', (task: Task) => {
  run(task).then(tell, async (error: unknown) => {
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
tell({ ready: land.name });
