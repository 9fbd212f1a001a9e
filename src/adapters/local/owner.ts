import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderError, isFree } from './lock.ts';

/** The process that has a data folder, and where its reader answers. */
export interface Owner {
  readonly pid: number;
  readonly port: number;
  /** The address that it listens on, where it is not 127.0.0.1. */
  readonly host?: string;
  /** Shows that a request comes from someone who can read the data folder; absent where none is taken. */
  readonly secret?: string;
}

/** Where this machine reaches the reader, without a slash at the end. */
export function addressOf({ host = '127.0.0.1', port }: Pick<Owner, 'host' | 'port'>): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const fileOf = (folder: string) => join(folder, 'owner.json');

/** @throws FolderError when the folder cannot be written. */
export async function claim(folder: string, owner: Owner): Promise<void> {
  const temporary = `${fileOf(folder)}.${owner.pid}`;
  try {
    await writeFile(temporary, JSON.stringify(owner), { mode: 0o600 });
    await rename(temporary, fileOf(folder));
  } catch (cause) {
    throw new FolderError(folder, cause);
  }
}

export async function release(folder: string): Promise<void> {
  await rm(fileOf(folder), { force: true });
}

/**
 * The process that tracks into a folder, or null. A stale file is ignored: its process must be
 * alive, and the folder must stay usable; the next process that takes it removes the file first.
 * @throws FolderError when the folder cannot be read.
 */
export async function findOwner(folder: string): Promise<Owner | null> {
  let text: string;
  try {
    text = await readFile(fileOf(folder), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new FolderError(folder, error);
  }
  const owner = parseOwner(text);
  return owner !== null && isAlive(owner.pid) && !(await isFree(folder)) ? owner : null;
}

/** Whether a process of that id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const { pid, port, host, secret } = JSON.parse(text) as Partial<Owner>;
    if (typeof pid !== 'number' || typeof port !== 'number') return null;
    return {
      pid,
      port,
      ...(typeof host === 'string' ? { host } : {}),
      ...(typeof secret === 'string' ? { secret } : {}),
    };
  } catch {
    return null;
  }
}
