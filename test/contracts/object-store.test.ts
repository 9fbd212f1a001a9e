import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderObjects } from '#adapters/local/folder-objects.ts';
import { createMemoryObjects } from '../support/memory-objects.ts';
import { describeObjectStore } from './object-store.ts';

describeObjectStore('the fake of the read tests', async () => ({
  store: createMemoryObjects(),
  close: async () => {},
}));

for (const durable of [true, false]) {
  describeObjectStore(durable ? 'folder' : 'folder that a power cut may shorten', async () => {
    const root = await mkdtemp(join(tmpdir(), 'contract-'));
    return {
      store: createFolderObjects(join(root, 'objects'), { durable }),
      close: () => rm(root, { recursive: true, force: true }),
    };
  });
}
