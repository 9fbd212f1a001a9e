import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configureIngest } from '#app/ingest/configure.ts';
import type { HistoryStore, Log, Notifier, ObjectStore } from '#app/ports.ts';
import { expectFormat, expectNoCaptures, type StorePlace, withFormat } from '#app/store-format.ts';
import type { TrackDeps } from '#app/track.ts';
import type { DaybookConfig } from '#core/config.ts';
import { createHistoryStore } from '../aws/dynamodb/history-store.ts';
import { composeFetcher } from '../http/compose.ts';
import { openEmbeddedTable } from './embedded-table.ts';
import { createFolderObjects, sweepUnfinished } from './folder-objects.ts';
import { lockFolder } from './lock.ts';
import { isAlive, release } from './owner.ts';
import { swapTable, tableOf } from './table-folders.ts';

export interface LocalStore {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  close(): Promise<void>;
}

/** How long a command waits for another that has the folder, milliseconds: a query takes a moment. */
const PATIENCE = 10_000;

/**
 * The store of a data folder: the embedded table in `table`, objects in `objects`. One process at a time.
 * @throws StoreFormatError (`store-format`) when another version of Daybook wrote the table, or it was lost.
 */
export async function openLocalStore(folder: string, patience: number = PATIENCE): Promise<LocalStore> {
  const store = await openAnyFormat(folder, patience);
  const place = placeOf(folder);
  try {
    if ((await expectFormat(store.history, place)) === null) await expectNoCaptures(store.objects, place);
  } catch (error) {
    await store.close();
    throw error;
  }
  return { ...store, history: withFormat(store.history, place) };
}

/** How messages name the store of a data folder. */
export const placeOf = (folder: string): StorePlace => ({
  name: folder,
  remedy: `run "daybook rebuild --data ${folder}"`,
});

/** The store of a data folder whatever its format: for a rebuild, which reads little of it. */
export async function openAnyFormat(folder: string, patience: number = PATIENCE): Promise<LocalStore> {
  const lock = await lockFolder(folder, patience);
  try {
    await release(folder);
    await swapTable(folder);
    const { table, close } = await openEmbeddedTable(tableOf(folder));
    const objectsFolder = join(folder, 'objects');
    await sweepUnfinished(objectsFolder);
    const objects = createFolderObjects(objectsFolder);
    return {
      history: createHistoryStore(table),
      objects,
      async close() {
        await close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const THROW_AWAY = 'daybook-';

/** A store that is deleted when it is closed: the table in memory, objects in a temporary folder. */
export async function openThrowAwayStore(): Promise<LocalStore> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${THROW_AWAY}${process.pid}-`));
  const { table, close } = await openEmbeddedTable(null);
  return {
    history: createHistoryStore(table),
    objects: createFolderObjects(folder, { durable: false }),
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Removes what processes that were killed left in the temporary folder. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^daybook-(\d+)-\w+$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

export interface TrackOptions {
  /** Where alerts go that have no other channel. */
  readonly console: Notifier;
  readonly log: Log;
  readonly readerUrl: string | null;
  readonly report?: TrackDeps['report'];
  readonly failed?: TrackDeps['failed'];
  readonly stopped?: TrackDeps['stopped'];
}

/** Everything for tracking in one process, and how to end it. */
export function composeTrack(
  store: LocalStore,
  config: DaybookConfig,
  options: TrackOptions,
): { readonly deps: TrackDeps; close(): Promise<void> } {
  const fetcher = composeFetcher(config, options.log);
  const deps: TrackDeps = {
    ...configureIngest(config, store, options.log),
    fetcher,
    channels: { console: options.console },
    rules: config.alerts.rules,
    readerUrl: options.readerUrl,
    now: () => new Date(),
    ...(options.report === undefined ? {} : { report: options.report }),
    ...(options.failed === undefined ? {} : { failed: options.failed }),
    ...(options.stopped === undefined ? {} : { stopped: options.stopped }),
  };
  return { deps, close: () => fetcher.close() };
}
