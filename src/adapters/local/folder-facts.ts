import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderFacts } from '#app/doctor/machine.ts';
import { hasTable } from './table-folders.ts';

/** Files of a data folder that hold secrets. */
const SECRETS = ['token', 'owner.json'] as const;

/** What is known of a data folder. Changes nothing in it. */
export async function folderFacts(folder: string): Promise<FolderFacts> {
  const found = await stat(folder).catch(absent);
  if (found === null || !found.isDirectory()) {
    const kind = found === null ? 'missing' : 'other';
    return { folder, kind, isWritable: false, hasHistory: false, freeBytes: null, secrets: [] };
  }
  const isWritable = await can(folder, constants.W_OK | constants.X_OK);
  return {
    folder,
    kind: 'folder',
    isWritable,
    hasHistory: (await can(folder, constants.X_OK)) && (await hasHistory(folder)),
    freeBytes: await freeBytes(folder),
    secrets: await secretsOf(folder),
  };
}

/** A table, or captures whose table was lost. */
async function hasHistory(folder: string): Promise<boolean> {
  if (await hasTable(folder)) return true;
  return readdir(join(folder, 'objects')).then(
    (names) => names.length > 0,
    () => false,
  );
}

function can(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** Null on systems without such a call. */
async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSYS') return null;
    throw error;
  }
}

async function secretsOf(folder: string): Promise<{ name: string; mode: number }[]> {
  const found = await Promise.all(
    SECRETS.map(async (name) => ({ name, stats: await stat(join(folder, name)).catch(absent) })),
  );
  return found.flatMap(({ name, stats }) => (stats === null ? [] : [{ name, mode: stats.mode & 0o777 }]));
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return null;
  throw error;
}
