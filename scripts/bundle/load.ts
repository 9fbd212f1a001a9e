import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** What the loading process prints last: its processor time for the import, milliseconds. */
const LOADER = `
  const before = process.cpuUsage();
  const module = await import(process.env.BUNDLE_URL);
  const { user, system } = process.cpuUsage(before);
  const kind = typeof module[process.env.BUNDLE_EXPORT];
  if (kind !== 'function') throw new Error('export "' + process.env.BUNDLE_EXPORT + '" is ' + kind + ', not a function');
  process.stdout.write(String((user + system) / 1_000));
  process.exit(0);
`;

/** Starts of one bundle; the smallest time is that of the machine's quietest moment. */
const STARTS = 3;

/**
 * Milliseconds of processor time that a module takes to load in a fresh process.
 *
 * @param program the Node that loads it
 * @param variables the whole environment of the process
 * @throws what the process said when the module does not load or does not export the function
 */
export async function loadingTime(
  program: string,
  file: string,
  exported: string,
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const { stdout } = await promisify(execFile)(program, ['--input-type=module', '--eval', LOADER], {
      env: { ...variables, BUNDLE_URL: pathToFileURL(file).href, BUNDLE_EXPORT: exported },
      timeout: 60_000,
    });
    times.push(Number(stdout.slice(stdout.lastIndexOf('\n') + 1)));
  }
  return Math.min(...times);
}
