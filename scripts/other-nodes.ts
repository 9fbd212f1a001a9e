import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { nodeOf } from './bundle/nodes.ts';

/**
 * Runs a sample of the tests on other versions of Node, from npm's `node` package, and on Node 24 the bundled functions
 * too. Prints a line that begins with "skipped: " for a version that cannot be had; exit code 1 when a test fails.
 *
 * Usage: tsx scripts/other-nodes.ts
 */
const SAMPLE = ['test/core', 'test/app'];
const VERSIONS: Readonly<Record<number, readonly string[]>> = {
  22: SAMPLE,
  24: [...SAMPLE, 'test/functions/bundles.test.ts'],
};

const vitest = resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
let failed = false;
for (const [major, tests] of Object.entries(VERSIONS)) {
  const found = await nodeOf(Number(major));
  if ('missing' in found) {
    console.log(`skipped: ${found.missing}`);
    continue;
  }
  const { status } = spawnSync(found.program, [vitest, 'run', '--reporter=dot', ...tests], { stdio: 'inherit' });
  console.log(`${status === 0 ? 'passed' : 'failed'} on Node ${major}: ${tests.join(', ')}`);
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
