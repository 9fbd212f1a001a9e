import { availableParallelism } from 'node:os';
import { noStandIn } from '../../../support/stand-in.ts';
import { type Deviation, WHOLES } from '../life.ts';
import { livesOf, pointsByStep, shareOf } from '../lives.ts';
import { undisturbed } from '../world/reference.ts';
import { runAll } from './crew.ts';
import { Ledger } from './ledger.ts';
import { type GroundName, type Options, optionsOf, USAGE } from './options.ts';

/**
 * The crash matrix over real databases. Exit codes: 0 every point came to pass and changed nothing, 1 one did not,
 * 2 wrong usage.
 */
const wanted = read();
const all = pointsByStep(await undisturbed());
const lives = shareOf(livesOf(all), wanted.every, wanted.part);
let failed = false;
for (const ground of wanted.grounds) {
  const missing = ground === 'stand-in' ? noStandIn() : null;
  if (missing !== null) {
    console.log(`crash matrix over the stand-in: nothing was run, for ${missing}`);
    // Under `both` a missing stand-in is printed; requested by name, it is a failure.
    failed ||= wanted.grounds.length === 1;
  } else failed ||= !(await run(ground));
}
process.exitCode = failed ? 1 : 0;

/** Runs the lives over one kind of ground and prints what came of it; whether all is well. */
async function run(ground: GroundName): Promise<boolean> {
  const began = Date.now();
  // What no share has to itself is run with the first.
  const ledger = new Ledger(lives, wanted.part === 0 ? WHOLES : []);
  const name = await runAll(ground, ledger, wanted.workers, progressOf(ground, ledger));
  const seconds = Math.round((Date.now() - began) / 1_000);
  for (const deviation of ledger.deviations) console.error(complaint(deviation));
  for (const point of ledger.unreached) console.error(`✗ its call was never made: ${point}`);
  const points = lives.flat().length;
  const well = ledger.deviations.length === 0 && ledger.points === points;
  const share =
    wanted.every === 1 ? '' : `, share ${wanted.part} of ${wanted.every} of the ${all.flat().length} that there are`;
  console.log(
    `crash matrix over ${name}: ${ledger.points} points reached of ${points} to run${share}; ` +
      `${ledger.lives} lives, ${ledger.alone} of them for one point alone; ` +
      `${well ? '0 lost, 0 duplicated' : `${ledger.deviations.length} deviations`}; ${seconds} s on ${wanted.workers} processes`,
  );
  return well;
}

function complaint({ step, fault, earlier, difference }: Deviation): string {
  const before = earlier.length === 0 ? [] : [`  after, in the same life: ${earlier.join('; ')}`];
  const lines = difference.map((line) => `  ${line}`);
  return [`✗ ${fault ?? 'no fault'}: not the reference state after "${step}"`, ...before, ...lines].join('\n');
}

/** Prints progress at every tenth. */
function progressOf(ground: string, ledger: Ledger): () => void {
  let last = 0;
  return () => {
    const tenth = Math.floor((10 * ledger.done) / ledger.total);
    if (tenth > last && tenth < 10) {
      process.stderr.write(`${ground}: ${ledger.done} of ${ledger.total} lives\n`);
    }
    last = Math.max(last, tenth);
  };
}

function read(): Options {
  try {
    const options = optionsOf(process.argv.slice(2), availableParallelism());
    if (options !== null) return options;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}
