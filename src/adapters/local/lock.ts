import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { UnavailableError } from '#app/errors.ts';

/** A data folder that this process has to itself. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Pause between two tries, milliseconds. */
const PAUSE = 50;

/**
 * Takes a data folder for this process; another one that takes it waits, up to `patience` milliseconds. LevelDB locks
 * its folder through the operating system, which releases it when the process ends in any way; Node has no such call.
 * @throws UnavailableError (`unavailable`) when it stays taken, or the folder cannot be written.
 */
export async function lockFolder(folder: string, patience: number): Promise<FolderLock> {
  await mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new UnavailableError(
      `${folder} cannot be used as a data folder (${cause.code}); name another with --data`,
      cause,
    );
  });
  const database = new ClassicLevel(join(folder, 'lock'));
  for (let waited = 0; ; waited += PAUSE) {
    try {
      await database.open();
      return { release: () => database.close() };
    } catch (cause) {
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
