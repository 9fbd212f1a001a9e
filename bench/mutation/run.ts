import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { AREAS, type Area } from './areas.ts';
import { sample } from './sample.ts';

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/**
 * Changes the code of each area in one place at a time and counts how often the area's tests notice.
 * `npm run mutate -- [--area NAME] [--sample N [--seed S]] [--floor F]`: about N mutants an area, or all; exit code 1
 * when an area that is held to the floor falls below it. The share of all areas together is printed.
 */
const { values } = parseArgs({
  options: {
    area: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    floor: { type: 'string' },
  },
});
const areas = AREAS.filter(({ name }) => values.area === undefined || name === values.area);
if (areas.length === 0)
  fail(`There is no area ${values.area}: use one of ${AREAS.map(({ name }) => name).join(', ')}.`);
const size = positive('sample', values.sample);
const floor = positive('floor', values.floor) ?? 0;
if (floor > 1) fail(`--floor is a share from 0 to 1, not ${floor}.`);

const all: MutantResult[] = [];
let below = false;
for (const area of areas) {
  const results = await mutate(area);
  all.push(...results);
  below = report(area.name, results, area.held ? floor : 0) || below;
}
if (areas.length > 1) report('together', all, 0);
process.exit(below ? 1 : 0);

async function mutate({ source, tests }: Area): Promise<MutantResult[]> {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(source, name));
  process.env.MUTATED_TESTS = tests;
  return new Stryker({
    mutate: size === null ? files : await sample(files, size, values.seed),
    concurrency: availableParallelism(),
  }).runMutationTest();
}

/** Prints an area's score and its survivors; whether the score is below the floor. */
function report(name: string, results: readonly MutantResult[], atLeast: number): boolean {
  const count = (...statuses: string[]) => results.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const missed = count('Survived', 'NoCoverage');
  if (noticed + missed === 0) fail(`${name} has no mutant to notice.`);
  const score = noticed / (noticed + missed);
  if (name !== 'together') for (const result of results) printSurvivor(result);
  const verdict = score < atLeast ? `, below the floor of ${atLeast.toFixed(2)}` : '';
  console.log(`${name}: ${score.toFixed(3)} (${noticed} of ${noticed + missed} mutants noticed)${verdict}`);
  return score < atLeast;
}

function printSurvivor({ status, fileName, location: { start, end }, replacement, mutatorName }: MutantResult): void {
  if (status !== 'Survived' && status !== 'NoCoverage') return;
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const code = lines.map((line, at) =>
    line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined),
  );
  const change = `${code.join(' ')} => ${replacement ?? ''}`.replace(/\s+/g, ' ');
  const place = `${fileName.replace(`${process.cwd()}/`, '')}:${start.line}:${start.column}`;
  console.log(`  ${place} ${mutatorName}${status === 'NoCoverage' ? ' (no test)' : ''}: ${change.slice(0, 160)}`);
}

function positive(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!(value > 0)) fail(`--${option} is a number above 0, not ${text}.`);
  return value;
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
