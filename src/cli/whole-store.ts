import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findOwner } from '#adapters/local/owner.ts';
import { hasTable } from '#adapters/local/table-folders.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import type { StorePlace } from '#app/store-format.ts';
import { DaybookError, UsageError } from '#core/errors.ts';
import { type DeployedOptions, deployedStore } from './deployed.ts';

/** Options of the commands that need the whole store, not only a reader. */
export interface StoreOptions extends DeployedOptions {
  readonly data: string;
  readonly json?: boolean;
}

export interface WholeStore extends StorePlace {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  /** Whether bodies without a revision may have expired there. */
  readonly expires: boolean;
  close(): Promise<void>;
}

/** Another process has the data folder. */
class OwnedError extends DaybookError {}

/** How a store is opened. */
export interface Opening {
  /** Makes a missing data folder. */
  readonly create?: boolean;
  /** Opens a store of another format too. */
  readonly anyFormat?: boolean;
}

/** Opens the store for this process alone. */
export async function openWholeStore(options: StoreOptions, opening: Opening = {}): Promise<WholeStore> {
  const { create = false, anyFormat = false } = opening;
  if (options.aws === true) return openDeployed(options, anyFormat);
  const folder = resolve(options.data);
  const owner = await findOwner(folder);
  if (owner !== null) {
    throw new OwnedError(`Process ${owner.pid} uses the history in ${folder} ("daybook up"): end it first`, {
      code: 'owned',
    });
  }
  if (!create && !(await hasTable(folder)) && !(await exists(join(folder, 'objects')))) {
    throw new UsageError(
      `There is no history in ${folder} yet: "daybook up <url>" starts one, or name another folder with --data`,
      { code: 'no-history' },
    );
  }
  const { openAnyFormat, openLocalStore, placeOf } = await import('#adapters/local/compose.ts');
  const store = anyFormat ? await openAnyFormat(folder) : await openLocalStore(folder);
  return { ...store, ...placeOf(folder), expires: false };
}

async function openDeployed(options: DeployedOptions, anyFormat: boolean): Promise<WholeStore> {
  const names = await deployedStore(options);
  const { table, bucket } = names;
  const { composeAnyFormat, composeStore, placeOf } = await import('#adapters/aws/compose.ts');
  const stores = anyFormat ? composeAnyFormat(names) : composeStore(names);
  const { remedy } = placeOf(table);
  return { ...stores, name: `table ${table} and bucket ${bucket}`, remedy, expires: true, close: async () => {} };
}

/** Runs `work` with the store and always closes it. */
export async function withWholeStore(
  options: StoreOptions,
  work: (store: WholeStore) => Promise<number>,
  opening: Opening = {},
): Promise<number> {
  const store = await openWholeStore(options, opening);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
