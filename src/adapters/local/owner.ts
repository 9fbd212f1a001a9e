import { once } from 'node:events';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
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

/** The living owner of a folder, or null: a file left by a process that is gone, or does not answer, counts for nothing. */
export async function findOwner(folder: string): Promise<Owner | null> {
  let text: string;
  try {
    text = await readFile(fileOf(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const owner = parseOwner(text);
  return owner !== null && (await answers(owner.port)) ? owner : null;
}

function parseOwner(text: string): Owner | null {
  try {
    const { pid, port } = JSON.parse(text) as Partial<Owner>;
    return typeof pid === 'number' && typeof port === 'number' ? { pid, port } : null;
  } catch {
    return null;
  }
}

/** Whether something listens: a process id alone may have been given to another process since. */
async function answers(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
