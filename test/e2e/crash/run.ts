import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { noStandIn } from '../../support/stand-in.ts';
import { runLives, type Sum } from './crew.ts';
import { undisturbed } from './known.ts';
import { type Deviation, WHOLES } from './life.ts';
import { livesOf, pointsByStep, shareOf } from './lives.ts';

/**
 * The crash matrix over real databases. Exit codes: 0 every point came to pass and changed nothing, 1 one did not,
 * 2 wrong usage.
 */
const USAGE = `npm run crash -- [embedded|stand-in|both] [--every N] [--workers N]
  embedded     dynalite and a folder
  stand-in     DynamoDB and S3 of a local AWS stand-in (python3 with moto[server])
  both         the default; without a stand-in it says why and leaves it out
  --every N    a share: every N-th life (default 1, every point)
  --part K     which of the N shares, from 0 on (default 0): all of them together are every point
  --workers N  processes, each with a database of its own (default: one a core)`;

const wanted = read();
const known = await undisturbed();
const every = pointsByStep(known).flat().length;
const lives = shareOf(livesOf(pointsByStep(known)), wanted.every, wanted.part);
const points = lives.flat().length;
const missing = wanted.grounds.includes('stand-in') ? noStandIn() : null;
let failed = false;
for (const ground of wanted.grounds) {
  if (ground === 'stand-in' && missing !== null) {
    console.log(`crash matrix over the stand-in: nothing was run, for ${missing}`);
    failed ||= wanted.grounds.length === 1;
    continue;
  }
  const began = Date.now();
  // What no share has to itself is run with the first.
  const wholes = wanted.part === 0 ? WHOLES : [];
  const sum = await runLives(ground, lives, wholes, wanted.workers, shown(ground));
  failed ||= !told(sum, Math.round((Date.now() - began) / 1_000));
}
process.exitCode = failed ? 1 : 0;

/** Prints what came of it; whether all is well. */
function told(sum: Sum, seconds: number): boolean {
  for (const deviation of sum.deviations) console.error(complaint(deviation));
  for (const one of sum.unreached) console.error(`✗ never reached: ${one}`);
  const share = wanted.every === 1 ? '' : `, share ${wanted.part} of ${wanted.every} of the ${every} that there are`;
  const well = sum.deviations.length === 0 && sum.points === points;
  console.log(
    `crash matrix over ${sum.ground}: ${sum.points} points reached of ${points} to run${share}; ` +
      `${sum.lives} lives, ${sum.alone} of them for one point alone; ` +
      `${well ? '0 lost, 0 duplicated' : `${sum.deviations.length} deviations`}; ${seconds} s on ${wanted.workers} processes`,
  );
  return well;
}

function complaint({ step, fault, earlier, difference }: Deviation): string {
  const before = earlier.length === 0 ? [] : [`  after, in the same life: ${earlier.join('; ')}`];
  return [
    `✗ ${fault ?? 'no fault'}: not the known state after "${step}"`,
    ...before,
    ...difference.map((line) => `  ${line}`),
  ].join('\n');
}

/** Tells every tenth of the way. */
function shown(ground: string): (done: number, of: number) => void {
  let last = 0;
  return (done, of) => {
    const tenth = Math.floor((10 * done) / of);
    if (tenth > last && tenth < 10) process.stderr.write(`${ground}: ${done} of ${of} lives\n`);
    last = Math.max(last, tenth);
  };
}

function read() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        every: { type: 'string' },
        part: { type: 'string' },
        workers: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help === true) {
      console.log(USAGE);
      process.exit(0);
    }
    const [which = 'both', ...more] = positionals;
    const grounds = which === 'both' ? ['embedded', 'stand-in'] : [which];
    if (more.length > 0 || !['both', 'embedded', 'stand-in'].includes(which)) {
      throw new Error(`"${positionals.join(' ')}" is no ground: say embedded, stand-in or both`);
    }
    const every = count('--every', values.every ?? '1');
    const part = count('--part', values.part ?? '0', 0);
    if (part >= every) throw new Error(`--part ${part} is not one of the ${every} shares, which are counted from 0`);
    return { grounds, every, part, workers: count('--workers', values.workers ?? String(availableParallelism())) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

function count(name: string, text: string, least = 1): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) < least) {
    throw new Error(`${name} takes a whole number from ${least} on, not "${text}"`);
  }
  return Number(text);
}
