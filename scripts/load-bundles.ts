import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

/**
 * After `cdk synth`: loads every bundled function as Lambda would, in a process of its own and with an environment as
 * the stacks set it, and checks that it exports a handler. A bundle that lacks a module, or that throws while it loads,
 * is found here instead of in an account. Prints sizes; exit code 1 when a bundle does not load.
 *
 * Usage: tsx scripts/load-bundles.ts [folder of the synthesis, default cdk.out]
 */
const run = promisify(execFile);
const folder = resolve(process.argv[2] ?? 'cdk.out');

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

const LOADER = `
  const started = performance.now();
  const module = await import(process.env.BUNDLE_URL);
  const kind = typeof module[process.env.BUNDLE_EXPORT];
  if (kind !== 'function') throw new Error('export "' + process.env.BUNDLE_EXPORT + '" is ' + kind + ', not a function');
  process.stdout.write(String(performance.now() - started));
  process.exit(0);
`;

/** Milliseconds that the bundle takes to load. Throws with what it said when it does not. */
async function load(bundle: Bundle): Promise<number> {
  const [file = '', name = ''] = bundle.handler.split('.');
  // What is known only after deployment is an intrinsic function in the template: a dummy stands for it.
  const variables = Object.entries(bundle.variables).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : 'https://bundle.invalid/123456789012/dummy',
  ]);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', LOADER], {
    env: {
      PATH: process.env.PATH,
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: bundle.name,
      ...Object.fromEntries(variables),
      BUNDLE_URL: pathToFileURL(join(bundle.path, `${file}.mjs`)).href,
      BUNDLE_EXPORT: name,
    },
    timeout: 60_000,
  });
  return Number(stdout.slice(stdout.lastIndexOf('\n') + 1));
}

const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} kB`;
let broken = 0;
const found = bundles();
if (found.length === 0) {
  console.error(`There is no function in ${folder}: run "npx cdk synth -q" first.`);
  process.exit(1);
}
for (const bundle of found) {
  try {
    const code = join(bundle.path, `${bundle.handler.split('.')[0]}.mjs`);
    const milliseconds = await load(bundle);
    const zipped = kilobytes(gzipSync(readFileSync(code)).byteLength);
    console.log(
      `✓ ${bundle.name.padEnd(7)} ${kilobytes(statSync(code).size).padStart(8)} (${zipped} zipped), loaded in ${milliseconds.toFixed(0)} ms`,
    );
  } catch (error) {
    broken += 1;
    const said =
      error instanceof Error && 'stderr' in error && error.stderr !== '' ? String(error.stderr) : String(error);
    console.error(`✗ ${bundle.name}: ${said.trim()}`);
  }
}
process.exit(broken === 0 ? 0 : 1);
