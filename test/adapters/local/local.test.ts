import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { openLocalStore, openThrowAwayStore } from '#adapters/local/compose.ts';
import { openEmbeddedTable } from '#adapters/local/embedded-table.ts';
import { createFolderObjects } from '#adapters/local/folder-objects.ts';
import { MemoryQueue } from '#adapters/local/memory-queue.ts';
import { claim, release } from '#adapters/local/owner.ts';
import { sampleHead, sampleRevision } from '../../contracts/samples.ts';

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('the embedded table', () => {
  it('keeps what was written when it is closed and opened again', async () => {
    const path = join(await temporary(), 'table');
    const head = sampleHead(sampleRevision('p', 1));
    const first = await openEmbeddedTable(path);
    await createHistoryStore(first.table).flipHead(head, null);
    await first.close();
    const second = await openEmbeddedTable(path);
    expect(await createHistoryStore(second.table).head('p')).toEqual(head);
    await second.close();
  });

  it('belongs to one process at a time: a second one is refused, the first stays usable', async () => {
    const path = join(await temporary(), 'table');
    const first = await openEmbeddedTable(path);
    await expect(openEmbeddedTable(path)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await expect(openEmbeddedTable(path)).rejects.toThrow(/Another Daybook/);
    expect(await createHistoryStore(first.table).head('p')).toBeNull();
    await first.close();
  });

  it('is reported when it is damaged or cannot be there, each as what it is', async () => {
    const folder = await temporary();
    const path = join(folder, 'table');
    await (await openEmbeddedTable(path)).close();
    const manifest = (await readdir(path)).find((name) => name.startsWith('MANIFEST')) ?? '';
    await writeFile(join(path, manifest), 'no list of files of a database');
    const damaged = openEmbeddedTable(path);
    await expect(damaged).rejects.toMatchObject({
      code: 'stored-data',
      message: expect.stringMatching(/damaged.*daybook rebuild/),
    });
    await writeFile(join(folder, 'file'), '');
    const impossible = openEmbeddedTable(join(folder, 'file', 'table'));
    await expect(impossible).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/could not be opened \(ENOTDIR\)/),
    });
  });

  it('is lost when it was in memory', async () => {
    const first = await openEmbeddedTable(null);
    await createHistoryStore(first.table).flipHead(sampleHead(sampleRevision('p', 1)), null);
    await first.close();
    const second = await openEmbeddedTable(null);
    expect(await createHistoryStore(second.table).head('p')).toBeNull();
    await second.close();
  });
});

describe('stores of a folder', () => {
  it('creates the given folder', async () => {
    const folder = join(await temporary(), 'deep', 'data');
    const store = await openLocalStore(folder);
    await store.objects.putOnce('a/b', new Uint8Array([1]), 'x');
    await store.close();
    expect((await readdir(folder)).sort()).toEqual(['lock', 'objects', 'table']);
  });

  it('leaves no files of a temporary store', async () => {
    const mine = async () => (await readdir(tmpdir())).filter((name) => name.startsWith(`daybook-${process.pid}-`));
    const store = await openThrowAwayStore();
    expect(await mine()).toHaveLength(1);
    await store.close();
    expect(await mine()).toEqual([]);
  });

  it('does not read or write an object through a file in place of a folder', async () => {
    const folder = await temporary();
    const objects = createFolderObjects(folder);
    await objects.putOnce('a', new Uint8Array([1]), 'x');
    expect(await objects.get('a/b')).toBeNull();
    await expect(objects.putOnce('a/b', new Uint8Array([2]), 'x')).rejects.toThrow();
    expect(await readFile(join(folder, 'a'))).toEqual(Buffer.from([1]));
  });

  it('writes nothing where there is an object already', async () => {
    const folder = await temporary();
    const objects = createFolderObjects(folder);
    expect(await objects.putOnce('deep/a', Buffer.from([1]), 'text/plain')).toBe(true);
    await rm(join(folder, '.unfinished'), { recursive: true });
    expect(await objects.putOnce('deep/a', Buffer.from([2]), 'text/plain')).toBe(false);
    expect(await readdir(folder)).toEqual(['deep']);
    expect(await objects.get('deep/a')).toEqual(Buffer.from([1]));
  });

  it('makes again the folders that were removed while it was open', async () => {
    const folder = await temporary();
    const objects = createFolderObjects(folder);
    await objects.putOnce('deep/a', Buffer.from([1]), 'text/plain');
    await rm(folder, { recursive: true });
    expect(await objects.putOnce('deep/b', Buffer.from([2]), 'text/plain')).toBe(true);
    expect(await objects.get('deep/b')).toEqual(Buffer.from([2]));
  });

  it('never lists an unfinished file of a killed process, and deletes it when the folder is opened again', async () => {
    const folder = await temporary();
    const unfinished = join(folder, 'objects', '.unfinished');
    await mkdir(unfinished, { recursive: true });
    await writeFile(join(unfinished, '1234'), 'half');
    const objects = createFolderObjects(join(folder, 'objects'));
    await objects.putOnce('a/whole', new Uint8Array([1]), 'x');
    const keys: string[] = [];
    for await (const key of objects.list('')) keys.push(key);
    expect(keys).toEqual(['a/whole']);
    await expect(objects.get('.unfinished/1234')).rejects.toMatchObject({ code: 'bad-key' });
    expect(await readdir(unfinished)).toEqual(['1234']);

    await (await openLocalStore(folder)).close();
    expect(await readdir(join(folder, 'objects'))).toEqual(['a']);
  });

  it('leaves no unfinished file after a write, successful or not', async () => {
    const folder = await temporary();
    const objects = createFolderObjects(folder);
    await Promise.all([1, 2, 3].map((byte) => objects.putOnce('a/b', new Uint8Array([byte]), 'x')));
    expect(await readdir(join(folder, 'a'))).toEqual(['b']);
    expect(await readdir(join(folder, '.unfinished'))).toEqual([]);
  });
});

describe('the owner of a folder', () => {
  it('releases it, and a stale owner file is deleted when the store is opened', async () => {
    const folder = await temporary();
    await claim(folder, { pid: process.pid, port: 4380 });
    await release(folder);
    expect(await readdir(folder)).toEqual([]);
    await claim(folder, { pid: process.pid, port: 4380 });
    await (await openLocalStore(folder)).close();
    expect(await readdir(folder)).not.toContain('owner.json');
  });
});

describe('messages within one process', () => {
  it('come out once, in the order in which they went in', async () => {
    const queue = new MemoryQueue<number>();
    for (const message of [1, 2, 3]) await queue.send(message);
    expect(queue.drain()).toEqual([1, 2, 3]);
    expect(queue.drain()).toEqual([]);
  });
});
