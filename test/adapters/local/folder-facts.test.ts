import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderFacts } from '#adapters/local/folder-facts.ts';
import { claim } from '#adapters/local/owner.ts';
import { writeToken } from '#adapters/local/reader-token.ts';
import { inFolder } from '../../support/cli.ts';

describe('the facts of a data folder', () => {
  it('are those of an empty one, which stays empty', async () => {
    await inFolder(async (folder) => {
      const facts = await folderFacts(folder);
      expect(facts).toMatchObject({ kind: 'folder', isWritable: true, hasHistory: false, secrets: [] });
      expect(facts.freeBytes).toBeGreaterThan(0);
      expect(await readdir(folder)).toEqual([]);
    });
  });

  it('say that there is none, or that it is a file, and make nothing', async () => {
    await inFolder(async (folder) => {
      expect((await folderFacts(join(folder, 'none'))).kind).toBe('missing');
      await writeFile(join(folder, 'file'), '');
      expect((await folderFacts(join(folder, 'file'))).kind).toBe('other');
      expect((await folderFacts(join(folder, 'file', 'below'))).kind).toBe('missing');
      expect(await readdir(folder)).toEqual(['file']);
    });
  });

  it.each([['table'], ['table.ready'], ['objects/captures']])('know a history by %s', async (name) => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, name), { recursive: true });
      expect((await folderFacts(folder)).hasHistory).toBe(true);
    });
  });

  it('have the modes of the files with secrets, which Daybook writes for their owner alone', async () => {
    await inFolder(async (folder) => {
      await writeToken(folder, 'a-token-of-16-letters');
      await claim(folder, { pid: 1, port: 1, secret: 'secret' });
      const both = [
        { name: 'token', mode: 0o600 },
        { name: 'owner.json', mode: 0o600 },
      ];
      expect((await folderFacts(folder)).secrets).toEqual(both);
      await chmod(join(folder, 'token'), 0o644);
      expect((await folderFacts(folder)).secrets).toContainEqual({ name: 'token', mode: 0o644 });
    });
  });
});
