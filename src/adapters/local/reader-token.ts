import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderError } from './lock.ts';

/** Where a data folder keeps the token of its reader. */
export const tokenFileOf = (folder: string): string => join(folder, 'token');

/** A new token: 43 characters that need no quotes anywhere. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** The token of a data folder, or null. */
export async function readToken(folder: string): Promise<string | null> {
  try {
    const token = (await readFile(tokenFileOf(folder), 'utf8')).trim();
    return token === '' ? null : token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Stores a token so that only the user of this process can read it. @throws FolderError when the folder cannot be written. */
export async function writeToken(folder: string, token: string): Promise<void> {
  const temporary = `${tokenFileOf(folder)}.${process.pid}`;
  try {
    await writeFile(temporary, `${token}\n`, { mode: 0o600 });
    await rename(temporary, tokenFileOf(folder));
  } catch (cause) {
    throw new FolderError(folder, cause);
  }
}
