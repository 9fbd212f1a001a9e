import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Templates } from './rehearsal/claims/account.ts';
import { synthesized } from './rehearsal/claims/synthesis.ts';
import { summary } from './released/summary.ts';

/**
 * Keeps what a release leaves in an account, so that later versions are compared with it:
 * `npx tsx scripts/release-templates.ts VERSION [FOLDER]`. FOLDER holds templates of `cdk synth`; without it, the stacks are synthesized here.
 */
const [version = '', folder] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version)) {
  console.error(`Give the version that is released, as in 1.2.3 (given: "${version}").`);
  process.exit(2);
}
const target = resolve(import.meta.dirname, '../test/lib/released');
mkdirSync(target, { recursive: true });
const file = join(target, `${version}.json`);
writeFileSync(
  file,
  `${JSON.stringify(summary(folder === undefined ? synthesized() : templatesIn(folder)), null, 2)}\n`,
);
console.log(`What ${version} leaves in an account is in ${file}.`);

function templatesIn(path: string): Templates {
  const suffix = '.template.json';
  const files = readdirSync(path).filter((name) => /^Daybook(State|Service)\.template\.json$/.test(name));
  return Object.fromEntries(
    files.map((name) => [name.slice(0, -suffix.length), JSON.parse(readFileSync(join(path, name), 'utf8'))]),
  );
}
