import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadingTime } from './bundle/load.ts';
import { nodeOf } from './bundle/nodes.ts';
import { BUDGETS, weigh } from './bundle/weigh.ts';

/**
 * After `cdk synth`: loads every bundled function as Lambda would, in a process of its own and with an environment as
 * the stacks set it, and checks that it exports a handler and keeps to its budget. A bundle that lacks a module, or that
 * throws while it loads, is found here instead of in an account. Prints sizes and processor times; exit code 1 when a
 * bundle does not load or is too big.
 *
 * Usage: tsx scripts/load-bundles.ts [--node MAJOR: also on this version, from npm] [folder of the synthesis, default cdk.out]
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { node: { type: 'string' } } });
const folder = resolve(positionals[0] ?? 'cdk.out');

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly Handler?: string;
    readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
  };
  readonly Metadata?: Readonly<Record<string, string>>;
}

interface Bundle {
  readonly name: string;
  readonly path: string;
  readonly handler: string;
  /** Variables that the stack gives to the function; whatever else the code asks for is missing in the cloud, too. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The functions of all templates in the folder, with the folder of each one's code. */
function bundles(): Bundle[] {
  if (!existsSync(folder)) return [];
  const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  return templates.flatMap((name) => {
    const template = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { Resources: Record<string, Resource> };
    return Object.values(template.Resources)
      .filter((resource) => resource.Type === 'AWS::Lambda::Function')
      .map(({ Properties, Metadata }) => ({
        name: Metadata?.['aws:cdk:path']?.split('/')[1] ?? name,
        path: join(folder, Metadata?.['aws:asset:path'] ?? ''),
        handler: Properties.Handler ?? '',
        variables: Properties.Environment?.Variables ?? {},
      }));
  });
}

/** The environment that Lambda gives; what is known only after deployment is an intrinsic function: a dummy replaces it. */
function environmentOf({ name, variables }: Bundle): Record<string, string> {
  const given = Object.entries(variables).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : 'https://bundle.invalid/123456789012/dummy',
  ]);
  return {
    PATH: process.env.PATH ?? '',
    AWS_REGION: 'eu-west-1',
    AWS_LAMBDA_FUNCTION_NAME: name,
    ...Object.fromEntries(given),
  };
}

/** Loads one bundle with each program; the line that is printed of it. Throws when it fails or weighs too much. */
async function report(bundle: Bundle): Promise<string> {
  const [file = '', exported = ''] = bundle.handler.split('.');
  const main = join(bundle.path, `${file}.mjs`);
  const times: string[] = [];
  for (const [version, program] of programs) {
    const milliseconds = await loadingTime(program, main, exported, environmentOf(bundle));
    times.push(`${milliseconds.toFixed(0)} ms of CPU on Node ${version}`);
  }
  const { atStart, zipped, onDemand } = weigh(main);
  const budget = BUDGETS[bundle.name];
  if (budget !== undefined && atStart > budget) {
    throw new Error(`${kilobytes(atStart)} are loaded at the start, and ${kilobytes(budget)} are allowed`);
  }
  const sizes = `${kilobytes(atStart).padStart(8)} (${kilobytes(zipped)} zipped, ${kilobytes(onDemand)} on demand)`;
  return `✓ ${bundle.name.padEnd(7)} ${sizes}, loaded in ${times.join(', ')}`;
}

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} kB`;
const found = bundles();
if (found.length === 0) {
  console.error(`There is no function in ${folder}: run "npx cdk synth -q" first.`);
  process.exit(1);
}
const programs: [string, string][] = [[process.versions.node.split('.')[0] ?? '', process.execPath]];
if (values.node !== undefined) {
  const other = await nodeOf(Number(values.node));
  if ('program' in other) programs.push([values.node, other.program]);
  else console.log(`skipped: ${other.missing}`);
}
let broken = 0;
for (const bundle of found) {
  try {
    console.log(await report(bundle));
  } catch (error) {
    broken += 1;
    const said =
      error instanceof Error && 'stderr' in error && error.stderr !== '' ? String(error.stderr) : String(error);
    console.error(`✗ ${bundle.name}: ${said.trim()}`);
  }
}
process.exit(broken === 0 ? 0 : 1);
