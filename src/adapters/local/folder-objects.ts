import { randomUUID } from 'node:crypto';
import fs, { closeSync, existsSync, fstatSync } from 'node:fs';
import { link, mkdir, readdir, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UnavailableError } from '#app/errors.ts';
import type { ObjectStore } from '#app/ports.ts';
import { UsageError } from '#core/errors.ts';

// Only what may wait for the disk is left to a thread: to hand the size and the closing of a small file to one as well
// takes more processor time than the rest of its reading.
const open = promisify(fs.open);
const read = promisify(fs.read);
const writeFile = promisify(fs.writeFile);
const fsync = promisify(fs.fsync);

/** The folder of unfinished files, below the objects': never listed, never read. */
const UNFINISHED = '.unfinished';

/**
 * Objects as files below a folder. A file appears under its name only when it is whole and on disk: it is written
 * apart and linked into place, which also fails when the name is taken. Without `durable` a power cut may lose it.
 */
export function createFolderObjects(root: string, options: { readonly durable?: boolean } = {}): ObjectStore {
  const durable = options.durable ?? true;
  const pathOf = (key: string) => {
    const parts = key.split('/');
    if (!parts.every(isName)) {
      throw new UsageError(`"${key}" cannot be an object's key on this machine`, { code: 'bad-key' });
    }
    return join(root, ...parts);
  };

  return {
    async putOnce(key, bytes) {
      const path = pathOf(key);
      // A rebuild in place finds nearly every object there: a whole one, which need not be written to be refused.
      if (existsSync(path)) return false;
      const temporary = join(root, UNFINISHED, randomUUID());
      try {
        await attempt(key, () => inFolder(temporary, () => writeWhole(temporary, bytes, durable)));
        await attempt(key, () => inFolder(path, () => link(temporary, path)));
        return true;
      } catch (cause) {
        if (codeOf(cause) === 'EEXIST') return false;
        throw cause;
      } finally {
        await unlink(temporary).catch(ignoreMissing);
      }
    },

    async get(key) {
      try {
        return await readWhole(pathOf(key));
      } catch (cause) {
        if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(cause) ?? '')) return null;
        throw cause;
      }
    },

    async *list(prefix, after) {
      const cut = prefix.lastIndexOf('/') + 1;
      if (cut > 0) pathOf(prefix.slice(0, cut - 1));
      for await (const key of walk(root, prefix.slice(0, cut))) {
        if (key.startsWith(prefix) && (after === undefined || compareBytes(key, after) > 0)) yield key;
      }
    },
  };
}

/** Removes what killed processes left half-written. Only for the one that has the folder to itself. */
export async function sweepUnfinished(root: string): Promise<void> {
  await rm(join(root, UNFINISHED), { recursive: true, force: true });
}

/** Whether a part of a key can be a file's name that stays where it belongs and is not taken for unfinished files. */
function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && part !== UNFINISHED && !/[\\:\0]/.test(part);
}

/** Keys below a folder in byte order of the whole key, as S3 lists them. */
async function* walk(root: string, folder: string): AsyncGenerator<string> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return [];
    throw cause;
  });
  const names = entries
    .filter((entry) => entry.name !== UNFINISHED)
    .map((entry) => ({ isFolder: entry.isDirectory(), key: folder + entry.name + (entry.isDirectory() ? '/' : '') }))
    .sort((a, b) => compareBytes(a.key, b.key));
  for (const { key, isFolder } of names) {
    if (isFolder) yield* walk(root, key);
    else yield key;
  }
}

async function writeWhole(path: string, bytes: Uint8Array, durable: boolean): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await writeFile(file, bytes);
    if (durable) await fsync(file);
  } finally {
    closeSync(file);
  }
}

async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(fstatSync(file).size);
    const { bytesRead } = await read(file, bytes, 0, bytes.byteLength, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    closeSync(file);
  }
}

/** Does what needs the file's folder. Most files come into one that is there. */
async function inFolder<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause;
    await mkdir(dirname(path), { recursive: true });
    return work();
  }
}

async function attempt<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS' || code === 'EMFILE') {
      throw new UnavailableError(`"${key}" could not be written (${code}): check the disk and its permissions`, cause);
    }
    throw cause;
  }
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
