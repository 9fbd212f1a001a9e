import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeOf } from './bundle/nodes.ts';
import { CLAIMS } from './pack/claims.ts';
import { filesOf, installInto, packInto, sizeOf, strangers } from './pack/install.ts';

/**
 * Packs this project, installs the package without network into an otherwise empty folder, and checks there what a person
 * would do with it. Prints each claim and the installed size; exit code 1 when a claim fails or the package holds a
 * file that does not belong to it.
 *
 * Usage: tsx scripts/packed.ts [--node MAJOR …: on these versions of Node, from npm, instead of this one]
 */
const { values } = parseArgs({ options: { node: { type: 'string', multiple: true } } });
const work = await mkdtemp(join(tmpdir(), 'daybook-packed-'));
let failed = false;
try {
  const tarball = await packInto(work);
  const nodes = values.node?.map(Number) ?? [null];
  for (const major of nodes) {
    const found = major === null ? { program: process.execPath } : await nodeOf(major);
    if ('missing' in found) console.log(`skipped: ${found.missing}`);
    else await checkOn(found.program, major === null ? process.version : `Node ${major}`, tarball);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

async function checkOn(node: string, version: string, tarball: string): Promise<void> {
  const folder = await mkdtemp(join(work, 'folder-'));
  const installed = await installInto(folder, tarball);
  const strange = strangers(await filesOf(installed));
  failed ||= strange.length > 0;
  for (const file of strange) console.log(`The package holds a file that does not belong to it: ${file}`);
  console.log(`On ${version} the installed command`);
  for (const { name, check } of CLAIMS) {
    try {
      await check({ folder, node });
      console.log(`  ${name}`);
    } catch (error) {
      failed = true;
      console.log(`  FAILED: ${name}\n    ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const [own, all] = await Promise.all([sizeOf(installed), sizeOf(join(folder, 'node_modules'))]);
  console.log(`Installed size: ${megabytes(own)} MB, with the packages that it needs ${megabytes(all)} MB`);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
