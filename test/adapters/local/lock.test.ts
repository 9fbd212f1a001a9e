import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderError, isFree, lockFolder } from '#adapters/local/lock.ts';
import { claim, findOwner } from '#adapters/local/owner.ts';
import { inFolder, run } from '../../support/cli.ts';

const HOLD = `
  const { lockFolder } = await import('#adapters/local/lock.ts');
  await lockFolder(process.argv[1], 0);
  console.log('held');
  setInterval(() => {}, 1000);
`;

/** Another process that has the folder until it is killed. */
async function otherProcess(folder: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', HOLD, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('a data folder', () => {
  it('on a full disk is said to be so, also where only the words of LevelDB say it', () => {
    const message = 'IO error: /srv/daybook/lock/MANIFEST-000004: No space left on device';
    const cause = Object.assign(new Error(message), { code: 'LEVEL_IO_ERROR' });
    expect(new FolderError('/srv/daybook', cause).message).toContain('(its file system is full: make room)');
  });

  it('is locked by one process at a time; the next one waits', async () => {
    await inFolder(async (folder) => {
      const first = await lockFolder(folder, 0);
      await expect(lockFolder(folder, 0)).rejects.toThrow('Another Daybook is using');
      const second = lockFolder(folder, 10_000);
      await first.release();
      await (await second).release();
      expect(await isFree(folder)).toBe(true);
    });
  });

  it('is free again when the locking process was killed', async () => {
    await inFolder(async (folder) => {
      const other = await otherProcess(folder);
      expect(await isFree(folder)).toBe(false);
      await other.kill();
      await (await lockFolder(folder, 10_000)).release();
    });
  });

  it('gives a clear error when it cannot be a folder', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      await expect(lockFolder(join(folder, 'file'), 0)).rejects.toThrow('cannot be used as a data folder');
    });
  });

  it('that is full, foreign or damaged is not said to be in use', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'lock'), 'a file in the place of the database');
      const failure = await lockFolder(folder, 10_000).catch((error: Error) => error);
      expect(failure).toBeInstanceOf(FolderError);
      expect(failure).toMatchObject({ code: 'folder', retryable: false });
      await expect(isFree(folder)).rejects.toThrow(FolderError);
    });
  });

  it.each(['CURRENT', 'MANIFEST'])('whose lock lost its %s says what to delete, and works without it', async (name) => {
    await inFolder(async (folder) => {
      await (await lockFolder(folder, 0)).release();
      const lock = join(folder, 'lock');
      const [file = ''] = (await readdir(lock)).filter((one) => one.startsWith(name));
      await rm(join(lock, file));
      await mkdir(join(lock, file));
      await expect(lockFolder(folder, 0)).rejects.toThrow(/; its "lock" holds nothing, so delete that$/);
      await rm(lock, { recursive: true });
      await (await lockFolder(folder, 0)).release();
    });
  });

  it.each([
    ['EACCES', 'the user of this process may not read and write it'],
    ['EROFS', 'it cannot be written: its file system is read-only'],
    ['ENOENT', 'it cannot be made'],
    ['ENOSPC', 'its file system is full: make room'],
    ['EIO', 'i/o error'],
  ])('that fails with %s is refused with the reason and what to do', (code, reason) => {
    const { message } = new FolderError('/srv/daybook', Object.assign(new Error('i/o error'), { code }));
    expect(message).toBe(`/srv/daybook cannot be used as a data folder (${reason}); name another with --data`);
  });

  it('whose owner cannot be read is refused with that sentence, by queries too', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'owner.json'));
      const ran = await run('pages', '--data', folder);
      expect(ran.err).toMatch(
        /^daybook: .* cannot be used as a data folder \(.*EISDIR.*\); name another.* \[folder\]\n$/,
      );
      expect(ran.code).toBe(1);
    });
  });
});

describe('the owner of a folder', () => {
  it('is the running process that named itself and locks the folder', async () => {
    await inFolder(async (folder) => {
      const other = await otherProcess(folder);
      await claim(folder, { pid: other.pid, port: 4380 });
      expect(await findOwner(folder)).toEqual({ pid: other.pid, port: 4380 });
      await other.kill();
      expect(await findOwner(folder)).toBeNull();
    });
  });

  it('is nobody when the file is stale, even if another process has its id or port', async () => {
    await inFolder(async (folder) => {
      await claim(folder, { pid: process.pid, port: 4380 });
      expect(await findOwner(folder)).toBeNull();
    });
  });

  it('is nobody without a readable file', async () => {
    await inFolder(async (folder) => {
      expect(await findOwner(folder)).toBeNull();
      await writeFile(join(folder, 'owner.json'), '{"pid":"x"}');
      expect(await findOwner(folder)).toBeNull();
    });
  });
});
