import { ClassicLevel } from 'classic-level';
import { MemoryLevel } from 'memory-level';
import { StoredDataError, UnavailableError } from '#app/errors.ts';
import type { DaybookError } from '#core/errors.ts';
import type { ItemCalls } from '../aws/dynamodb/calls.ts';
import { Table } from '../aws/dynamodb/table.ts';
import { LevelCalls } from './level-calls.ts';

export interface EmbeddedTable {
  readonly table: Table;
  /** The calls that the table is made of, and the name that it has there. */
  readonly calls: ItemCalls;
  readonly name: string;
  close(): Promise<void>;
}

const NAME = 'daybook';

/**
 * The one table in this process: LevelDB behind the same adapter that talks to DynamoDB. It listens nowhere.
 * @param path folder of the database, or null for one in memory that ends with the process.
 * @throws UnavailableError (`unavailable`) when another process has the folder, StoredDataError (`stored-data`) when the
 * database is damaged.
 */
export async function openEmbeddedTable(path: string | null): Promise<EmbeddedTable> {
  const options = { keyEncoding: 'utf8', valueEncoding: 'view' } as const;
  const database =
    path === null ? new MemoryLevel<string, Uint8Array>(options) : new ClassicLevel<string, Uint8Array>(path, options);
  try {
    await database.open();
  } catch (cause) {
    throw openFailure(path, cause);
  }
  const calls = new LevelCalls(database);
  return { table: new Table(calls, NAME), calls, name: NAME, close: () => database.close() };
}

function openFailure(path: string | null, cause: unknown): DaybookError {
  // LevelDB's own error is the cause of the one that says that the database is not open.
  const { code } = ((cause as Error).cause ?? cause) as NodeJS.ErrnoException;
  if (code === 'LEVEL_CORRUPTION') {
    const what = `The embedded database in ${path} is damaged; delete it, and make the history again with "daybook rebuild"`;
    return new StoredDataError(what, cause);
  }
  if (code === 'LEVEL_LOCKED') return new UnavailableError(`Another Daybook is using ${path}`, cause);
  return new UnavailableError(
    `The embedded database in ${path} could not be opened (${code}): make room if its disk is full; else a file of it is missing, so delete it, and make the history again with "daybook rebuild"`,
    cause,
  );
}
