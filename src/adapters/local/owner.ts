import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The process that has a data folder, and where its reader answers. */
export interface Owner {
  readonly pid: number;
  readonly port: number;
}

const fileOf = (folder: string) => join(folder, 'owner.json');

export async function claim(folder: string, owner: Owner): Promise<void> {
  const temporary = `${fileOf(folder)}.${owner.pid}`;
  await writeFile(temporary, JSON.stringify(owner));
  await rename(temporary, fileOf(folder));
}

export async function release(folder: string): Promise<void> {
  await rm(fileOf(folder), { force: true });
}

/** The living owner of a folder, or null: a file left by a process that is gone counts for nothing. */
export async function findOwner(folder: string): Promise<Owner | null> {
  let text: string;
  try {
    text = await readFile(fileOf(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { pid, port } = JSON.parse(text) as Owner;
    process.kill(pid, 0);
    return { pid, port };
  } catch {
    return null;
  }
}
