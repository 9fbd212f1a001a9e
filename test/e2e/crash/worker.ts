import { openEmbeddedLand, openStandInLand } from './grounds.ts';
import { undisturbed } from './known.ts';
import { type Deviation, type Outcome, runLife, runWhole, type Whole } from './life.ts';
import type { Life } from './lives.ts';

/** What a process of its own is asked to run, one at a time, and what it answers. */
export type Task = { readonly life: Life } | { readonly whole: Whole };
export type Report = { readonly ready: string } | { readonly outcome: Outcome } | { readonly whole: Deviation | null };

/** Runs lives over a ground of its own until its parent goes away. */
const land = await (process.argv[2] === 'stand-in' ? openStandInLand() : openEmbeddedLand());
const known = await undisturbed();
const tell = (report: Report) => process.send?.(report);

process.on('message', (task: Task) => {
  const work = async (): Promise<Report> =>
    'life' in task
      ? { outcome: await runLife(land, known, task.life) }
      : { whole: await runWhole(land, known, task.whole) };
  work().then(tell, async (error: unknown) => {
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
