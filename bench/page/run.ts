import { execFileSync } from 'node:child_process';
import { argv, execPath, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { hostilePages } from './hostile.ts';

/** The bars: a result or a named error within these, on any page. */
const BARS = { milliseconds: 5000, megabytes: 512 };

interface Measured {
  readonly milliseconds: number;
  readonly cpu: number;
  readonly megabytes: number;
  readonly outcome: string;
}

/**
 * Extracts every hostile page in a process with a heap of 512 MB and prints time, peak memory of the process (page
 * and runtime included) and outcome. Argument: a part of the names to run.
 */
const only = argv[2] ?? '';
let failed = 0;
for (const name of Object.keys(hostilePages).filter((one) => one.includes(only))) {
  const line = measure(name);
  if (line.startsWith('FAIL')) failed += 1;
  stdout.write(`${line}\n`);
}
stdout.write(`${failed === 0 ? 'All' : `${failed} NOT`} within ${BARS.milliseconds} ms and ${BARS.megabytes} MB\n`);

function measure(name: string): string {
  const one = fileURLToPath(new URL('./one.ts', import.meta.url));
  const args = ['--max-old-space-size=512', '--import', 'tsx', one, name];
  try {
    const out = execFileSync(execPath, args, { encoding: 'utf8', timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'] });
    const { milliseconds, cpu, megabytes, outcome }: Measured = JSON.parse(out);
    // On a busy machine the wall clock measures the neighbours.
    const own = Math.min(milliseconds, cpu);
    const verdict = own <= BARS.milliseconds && megabytes <= BARS.megabytes ? 'ok  ' : 'FAIL';
    return `${verdict} ${name.padEnd(40)} ${String(milliseconds).padStart(6)} ms (${String(cpu).padStart(5)} cpu) ${String(megabytes).padStart(5)} MB  ${outcome}`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `FAIL ${name.padEnd(40)} ${reason.split('\n').find((line) => /Error|heap|timeout/i.test(line)) ?? reason.slice(0, 200)}`;
  }
}
