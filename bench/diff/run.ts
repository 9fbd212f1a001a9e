import { execFileSync } from 'node:child_process';
import { argv, cpuUsage, execPath, resourceUsage, stdout } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { diffLines, diffWords } from 'diff';
import type { DatedBlock } from '#core/dates/types.ts';
import { diff, identify } from '#core/diff/index.ts';
import type { DiffMemory, Paragraph } from '#core/diff/types.ts';
import { edited } from './edits.ts';
import { chronicle } from './page.ts';
import { Random } from './random.ts';
import { Writer } from './text.ts';

const MEMORY: DiffMemory = { removed: [], newestDate: null };
const SIZES = [500, 1000, 2000, 4000, 8000, 16_000];
const RUNS = 7;
/** After so long jsdiff is given up on a case. */
const PATIENCE_MS = 20_000;

interface Case {
  readonly before: readonly Paragraph[];
  readonly after: readonly DatedBlock[];
}

type Making = (blocks: readonly DatedBlock[], random: Random, writer: Writer) => readonly DatedBlock[];

const shuffled: Making = (blocks, random) => random.shuffled(blocks);

const tenEdits: Making = (blocks, random, writer) => {
  const after = [...blocks];
  for (let n = 0; n < 10; n++) {
    const at = random.int(0, after.length - 1);
    const own = after[at];
    if (own !== undefined) after[at] = { ...own, text: edited(own.text, 0.8, random, writer).text };
  }
  return after;
};

const allEdited: Making = (blocks, random, writer) =>
  blocks.map((own) => ({ ...own, text: edited(own.text, 0.6, random, writer).text }));

const allRewritten: Making = (blocks, random, writer) =>
  chronicle(random, writer, { paragraphs: blocks.length, newestFirst: true, bulletins: 0.02 });

const nearCopies: Making = (blocks, random) =>
  blocks.map((own) => ({ ...own, text: own.text.replace(/\d+/u, String(random.int(0, 99))) }));

function make(paragraphs: number, making: Making, bulletins = 0.02): Case {
  const random = new Random(paragraphs);
  const writer = new Writer(random);
  const blocks = chronicle(random, writer, { paragraphs, newestFirst: true, bulletins });
  return { before: identify(blocks, 'page'), after: making(blocks, random, writer) };
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;

/** Milliseconds by the clock, and of this process's own processor time: the two part when the machine is busy. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** The least cost of some runs: what the work takes when nothing else disturbs it. */
function least(own: Case, runs = RUNS): Cost {
  let wall = Number.POSITIVE_INFINITY;
  let cpu = Number.POSITIVE_INFINITY;
  for (let n = 0; n < runs; n++) {
    // Texts just read, as at a real visit: the engine has not seen them and knows nothing of them.
    const { before, after } = structuredClone(own);
    // The second collection settles what the first let live: copying the input about is not the comparison's work.
    collect({ type: 'minor' });
    collect({ type: 'minor' });
    const start = cpuUsage();
    const ms = time(() => diff(before, after, MEMORY, 'page'));
    const { user, system } = cpuUsage(start);
    wall = Math.min(wall, ms);
    cpu = Math.min(cpu, (user + system) / 1000);
  }
  return { wall, cpu };
}

/** The exponent of time over size: slope of the regression line through the logarithms. */
export function fittedExponent(points: readonly (readonly [size: number, ms: number])[]): number {
  const xs = points.map(([size]) => Math.log(size));
  const ys = points.map(([, ms]) => Math.log(ms));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const mx = mean(xs);
  const my = mean(ys);
  const over = xs.reduce((sum, x, at) => sum + (x - mx) * ((ys[at] ?? 0) - my), 0);
  return over / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
}

const line = (text: string): void => {
  stdout.write(`${text}\n`);
};

function bar(name: string, { wall, cpu }: Cost, limit: number): void {
  const verdict = wall <= limit ? 'ok' : 'MISS';
  line(
    `  ${name.padEnd(44)} ${wall.toFixed(1).padStart(8)} ms   bar ${limit} ms   ${verdict}   (processor ${cpu.toFixed(1)} ms)`,
  );
}

function growth(name: string, making: Making): void {
  const points = SIZES.map((size): [number, number] => [size, least(make(size, making)).cpu]);
  const first = SIZES[0] ?? 1;
  const last = SIZES[SIZES.length - 1] ?? 1;
  const allowed = 1 + Math.log(Math.log(last) / Math.log(first)) / Math.log(last / first);
  const figures = points.map(([size, ms]) => `${size}: ${ms.toFixed(1)}`).join('  ');
  line(`  ${name.padEnd(14)} ${figures} ms`);
  line(
    `  ${''.padEnd(14)} exponent ${fittedExponent(points).toFixed(2)}; n log n has ${allowed.toFixed(2)} over these sizes`,
  );
}

function againstJsdiff(name: string, own: Case): void {
  const left = own.before.map(({ text }) => text).join('\n');
  const right = own.after.map(({ text }) => text).join('\n');
  const ours = least(own).wall;
  const announced = (run: () => unknown): string => {
    let result: unknown;
    const ms = time(() => {
      result = run();
    });
    return result === undefined
      ? `gave up after ${PATIENCE_MS} ms`
      : `${ms.toFixed(1)} ms (${(ms / ours).toFixed(1)} x)`;
  };
  const options = { timeout: PATIENCE_MS };
  line(
    `  ${name.padEnd(26)} daybook ${ours.toFixed(1)} ms; jsdiff lines ${announced(() => diffLines(left, right, options))}; ` +
      `jsdiff words ${announced(() => diffWords(left, right, options))}`,
  );
}

/** Peak memory of one comparison in a process of its own, in megabytes; the input is part of it. */
function peakMegabytes(): number {
  const output = execFileSync(execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), 'peak'], {
    encoding: 'utf8',
  });
  return Number(output.trim());
}

/** Prints speed, growth and memory of the comparison, and jsdiff's on the same pages. */
export function benchDiff(): void {
  least(make(1500, tenEdits), 10);
  line('Comparison of two revisions (least of several runs)');
  bar('1,500 paragraphs with 10 edits', least(make(1500, tenEdits)), 50);
  bar('8,000 paragraphs shuffled', least(make(8000, shuffled), 3), 1000);
  bar('8,000 paragraphs, all edited', least(make(8000, allEdited), 3), 3000);
  bar('8,000 paragraphs, all rewritten', least(make(8000, allRewritten), 3), 3000);
  bar('8,000 near copies, a number changed in each', least(make(8000, nearCopies, 1), 2), 3000);
  const peak = peakMegabytes();
  line(
    `  ${'… all rewritten, peak memory'.padEnd(44)} ${peak.toFixed(0).padStart(8)} MB   bar 512 MB   ${peak <= 512 ? 'ok' : 'MISS'}`,
  );
  line('Growth from 500 to 16,000 paragraphs, processor time');
  growth('shuffled', shuffled);
  growth('ten edits', tenEdits);
  growth('all edited', allEdited);
  line('Compared with jsdiff');
  againstJsdiff('1,500 with 10 edits', make(1500, tenEdits));
  againstJsdiff('1,500 shuffled', make(1500, shuffled));
  againstJsdiff('1,500 all edited', make(1500, allEdited));
}

const script = argv[1];
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  if (argv[2] === 'peak') {
    const { before, after } = make(8000, allRewritten);
    diff(before, after, MEMORY, 'page');
    line(String(resourceUsage().maxRSS / 1024));
  } else benchDiff();
}
