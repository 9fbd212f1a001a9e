import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findOwner } from '#adapters/local/owner.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { DaybookError, UsageError } from '#core/errors.ts';
import { ENV } from '#core/names.ts';

/** Options of the commands that need the whole store, not only a reader. */
export interface StoreOptions {
  readonly data: string;
  /** The deployed table and bucket instead of the data folder. */
  readonly aws?: boolean;
  readonly json?: boolean;
}

export interface WholeStore {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  /** For messages. */
  readonly name: string;
  /** Whether bodies without a revision may have expired there. */
  readonly expires: boolean;
  close(): Promise<void>;
}

/** Another process has the data folder. */
class OwnedError extends DaybookError {}

/** Opens the store for this process alone. `create` makes a missing data folder. */
export async function openWholeStore(options: StoreOptions, create = false): Promise<WholeStore> {
  if (options.aws === true) return openDeployed();
  const folder = resolve(options.data);
  const owner = await findOwner(folder);
  if (owner !== null) {
    throw new OwnedError(`Process ${owner.pid} uses the history in ${folder} ("daybook up"): end it first`, {
      code: 'owned',
    });
  }
  if (!create && !(await exists(join(folder, 'table'))) && !(await exists(join(folder, 'objects')))) {
    throw new UsageError(
      `There is no history in ${folder} yet: "daybook up <url>" starts one, or name another folder with --data`,
      { code: 'no-history' },
    );
  }
  const { openLocalStore } = await import('#adapters/local/compose.ts');
  const store = await openLocalStore(folder);
  return { ...store, name: folder, expires: false };
}

async function openDeployed(): Promise<WholeStore> {
  const table = process.env[ENV.table];
  const bucket = process.env[ENV.bucket];
  if (table === undefined || bucket === undefined) {
    throw new UsageError(
      `--aws: set ${ENV.table} and ${ENV.bucket} to the outputs of the stateful stack, and AWS credentials`,
    );
  }
  const { composeRead } = await import('#adapters/aws/compose.ts');
  return { ...composeRead(), name: `table ${table} and bucket ${bucket}`, expires: true, close: async () => {} };
}

/** Runs `work` with the store and always closes it. */
export async function withWholeStore(
  options: StoreOptions,
  work: (store: WholeStore) => Promise<number>,
  create = false,
): Promise<number> {
  const store = await openWholeStore(options, create);
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
