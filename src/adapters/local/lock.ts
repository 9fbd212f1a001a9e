import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { UnavailableError } from '#app/errors.ts';
import { DaybookError } from '#core/errors.ts';

/** A data folder that this process has to itself. */
export interface FolderLock {
  release(): Promise<void>;
}

/** The data folder cannot be read or written. Trying again does not help. */
export class FolderError extends DaybookError {
  constructor(folder: string, cause: unknown, todo = 'name another with --data') {
    const { code, message } = cause as NodeJS.ErrnoException;
    // LevelDB gives the system's reason in words alone.
    const known = WHY[/No space left/.test(message) ? 'ENOSPC' : (code ?? '')] ?? message;
    super(`${folder} cannot be used as a data folder (${known}); ${todo}`, { code: 'folder', cause });
  }
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'the user of this process may not read and write it',
  EPERM: 'the user of this process may not read and write it',
  EROFS: 'it cannot be written: its file system is read-only',
  ENOSPC: 'its file system is full: make room',
  ENOENT: 'it cannot be made',
  ENOTDIR: 'it is no folder',
  EEXIST: 'it is no folder',
};

/** Whether LevelDB's own files are not as it left them. A disk that is full or read-only says something else. */
const isDamaged = ({ code, message }: NodeJS.ErrnoException): boolean =>
  code === 'LEVEL_CORRUPTION' || /No such file|Is a directory|Not a directory|File exists/.test(message);

/** Pause between two tries, milliseconds. */
const PAUSE = 50;

/**
 * Takes a data folder for this process; another one that takes it waits, up to `patience` milliseconds. LevelDB locks
 * its folder through the operating system, which releases it when the process ends in any way; Node has no such call.
 * @throws UnavailableError (`unavailable`) when it stays taken.
 * @throws FolderError (`folder`) when it cannot be written.
 */
export async function lockFolder(folder: string, patience: number): Promise<FolderLock> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new FolderError(folder, cause);
  }
  const database = new ClassicLevel(join(folder, 'lock'));
  for (let waited = 0; ; waited += PAUSE) {
    try {
      await database.open();
      return { release: () => database.close() };
    } catch (cause) {
      const reason = (cause as Error).cause as NodeJS.ErrnoException | undefined;
      if (reason?.code !== 'LEVEL_LOCKED') {
        const todo = reason !== undefined && isDamaged(reason) ? 'its "lock" holds nothing, so delete that' : undefined;
        throw new FolderError(folder, reason ?? cause, todo);
      }
      if (waited >= patience) {
        throw new UnavailableError(
          `Another Daybook is using ${folder}; wait for it to end, or name another --data`,
          cause,
        );
      }
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }
}

/** Whether no process has the folder now. */
export async function isFree(folder: string): Promise<boolean> {
  try {
    await (await lockFolder(folder, 0)).release();
    return true;
  } catch (error) {
    if (error instanceof UnavailableError) return false;
    throw error;
  }
}
