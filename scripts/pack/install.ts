import { execFile } from 'node:child_process';
import { cp, lstat, mkdir, readdir, readFile, realpath, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { copyContext } from './context.ts';

const exec = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/**
 * Packs this project into a folder, as `npm pack` does for a person, and returns the path of the tarball. It packs a copy
 * of what is let into a container: so that is enough to build, too.
 */
export async function packInto(folder: string): Promise<string> {
  const context = join(folder, 'context');
  await copyContext(root, context);
  await symlink(join(root, 'node_modules'), join(context, 'node_modules'));
  const { stdout } = await exec('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: context });
  const name = stdout.trim().split('\n').at(-1);
  if (name === undefined || !name.endsWith('.tgz')) throw new Error(`npm pack named no tarball: ${stdout}`);
  return join(folder, name);
}

/**
 * What `npm install TARBALL` does, without network: the package is unpacked into `node_modules`, with what its
 * package.json names as `dependencies`, copied from the packages of this project and nothing of them left out.
 */
export async function installInto(folder: string, tarball: string): Promise<string> {
  const installed = join(folder, 'node_modules', 'daybook');
  await mkdir(installed, { recursive: true });
  await exec('tar', ['-xzf', tarball, '-C', installed, '--strip-components', '1']);
  for (const name of await needed(installed)) {
    const target = join(folder, 'node_modules', name);
    await cp(await realpath(join(root, 'node_modules', name)), target, { recursive: true });
  }
  const links = join(folder, 'node_modules', '.bin');
  await mkdir(links, { recursive: true });
  await symlink('../daybook/dist/daybook.js', join(links, 'daybook'));
  return installed;
}

/** The names of all packages that a package needs at run time, also those of its packages. */
async function needed(packageFolder: string, found = new Set<string>()): Promise<Set<string>> {
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (found.has(name)) continue;
    found.add(name);
    await needed(join(root, 'node_modules', name), found);
  }
  return found;
}

/** The paths of all files of a folder, from it on, sorted. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return paths.map((path) => path.slice(folder.length + 1)).sort();
}

/** The bytes of all files of a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all((await filesOf(folder)).map(async (file) => (await lstat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What a package may hold; everything else does not belong to people who run Daybook. */
const PACKED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/(daybook\.js|config\.js|config\.d\.ts|THIRD-PARTY-LICENCES\.txt|chunks\/[\w.-]+\.js)$/,
  /^docs\/[\w./-]+\.md$/,
  /^deploy\/daybook\.service$/,
];

/** The files that do not belong into a package. */
export const strangers = (files: readonly string[]): string[] =>
  files.filter((file) => !PACKED.some((pattern) => pattern.test(file)));
