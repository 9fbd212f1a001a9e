import { spawnSync } from 'node:child_process';

/** The benches by name: `npm run bench`, or `npm run bench -- diff page`. Each is a process of its own, one after another. */
const BENCHES: Readonly<Record<string, readonly string[]>> = {
  page: ['bench/page/run.ts'],
  diff: ['bench/diff/run.ts'],
  fetch: ['bench/fetch/run.ts'],
  schedule: ['bench/schedule/run.ts'],
  history: ['bench/history/growth.ts', '2000'],
  costs: ['bench/history/costs.ts'],
  cost: ['bench/cost/run.ts'],
  latency: ['bench/history/latency.ts', '20', '20000', '200', '60', '60000', '600'],
  rebuild: ['bench/rebuild/run.ts', '1000'],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(2);
}
let failed = 0;
for (const [name, argv] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`\n=== ${name}\n`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', ...argv], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
