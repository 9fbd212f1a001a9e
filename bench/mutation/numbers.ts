import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** A named number at the top of a file, for example `const LATE_DAYS = 3;`. */
interface NamedNumber {
  readonly file: string;
  readonly name: string;
  /** The whole line, without its comment. */
  readonly line: string;
  readonly expression: string;
  /** A number that changes speed or memory alone; its comment says "speed only". */
  readonly isSpeedOnly: boolean;
}

const DECLARATION = /^(?:export )?const ([A-Z][A-Z0-9_]*)(?:: number)? = ([\d_.]+(?: [*/] [\d_.]+)*);/;

/**
 * Doubles and halves each named number of a room and runs the room's tests: a test that says where a threshold is fails.
 * `npm run numbers -- [ROOM …]`, a room being a folder of `src` as in `core/diff`. Exit code 1 when a number could be
 * changed without a failing test.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const rooms = positionals.length > 0 ? positionals : ['core'];
const numbers = rooms.flatMap((room) => namedNumbers(room));
if (numbers.length === 0) fail(`src/${rooms.join(', src/')} has no named number.`);
let unnoticed = 0;
const sound = new Set<string>();
for (const number of numbers.filter(({ isSpeedOnly }) => !isSpeedOnly)) {
  // Only tests that pass without a change can notice one.
  const tests = testsOf(number.file);
  if (!sound.has(tests) && isNoticed(number, '* 1')) fail(`${tests} fails without a change.`);
  sound.add(tests);
  const missed = ['* 2', '/ 2'].filter((change) => !isNoticed(number, change));
  if (missed.length === 0) continue;
  unnoticed += 1;
  console.log(`  ${number.file} ${number.name} ${missed.join(' and ')}: no test fails`);
}
const speedOnly = numbers.filter(({ isSpeedOnly }) => isSpeedOnly);
console.log(
  `${numbers.length - speedOnly.length - unnoticed} of ${numbers.length - speedOnly.length} named numbers have a test on both sides`,
);
if (speedOnly.length > 0) console.log(`speed only: ${speedOnly.map(({ name }) => name).join(', ')}`);
process.exit(unnoticed > 0 ? 1 : 0);

function namedNumbers(room: string): NamedNumber[] {
  const folder = join('src', room);
  if (!existsSync(folder)) fail(`There is no folder ${folder}.`);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(folder, name))
    .flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines.flatMap((line, at) => {
        const [whole, name, expression] = DECLARATION.exec(line) ?? [];
        if (whole === undefined || name === undefined || expression === undefined) return [];
        return [{ file, name, line: whole, expression, isSpeedOnly: /speed only/i.test(comment(lines, at)) }];
      });
    });
}

/** The comment directly above a line and at its end. */
function comment(lines: readonly string[], at: number): string {
  let first = at;
  while (/^\s*(?:\/\*\*|\*|\/\/)/.test(lines[first - 1] ?? '')) first -= 1;
  return lines.slice(first, at + 1).join(' ');
}

function isNoticed(number: NamedNumber, change: string): boolean {
  const { line, expression } = number;
  const replacement = line.replace(`= ${expression};`, `= (${expression}) ${change};`);
  const run = spawnSync('npx', ['vitest', 'run', '--config', 'bench/mutation/numbers.config.ts', '--bail', '1'], {
    env: {
      ...process.env,
      MUTATED_TESTS: testsOf(number.file),
      CHANGED_NUMBER: JSON.stringify({ file: number.file, line, replacement }),
    },
    encoding: 'utf8',
  });
  if (/No test files found/.test(run.stdout + run.stderr)) fail(`${testsOf(number.file)} has no test.`);
  if (run.error) throw run.error;
  return run.status !== 0;
}

/** Folder or file of the tests of a source file: the nearest of the same name. */
function testsOf(file: string): string {
  const parts = file
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .split('/');
  const [ring, room] = parts;
  if (ring === undefined || room === undefined) return 'test';
  return existsSync(`test/${ring}/${room}`) ? `test/${ring}/${room}` : `test/${ring}`;
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
