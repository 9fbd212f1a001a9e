import { ClassicLevel } from 'classic-level';
import { MemoryLevel } from 'memory-level';
import { UnavailableError } from '#app/errors.ts';
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
 * @throws UnavailableError (`unavailable`) when another process has the folder.
 */
export async function openEmbeddedTable(path: string | null): Promise<EmbeddedTable> {
  const options = { keyEncoding: 'utf8', valueEncoding: 'view' } as const;
  const database =
    path === null ? new MemoryLevel<string, Uint8Array>(options) : new ClassicLevel<string, Uint8Array>(path, options);
  try {
    await database.open();
  } catch (cause) {
    throw new UnavailableError(
      `The embedded database in ${path} could not be opened; is another Daybook using it?`,
      cause,
    );
  }
  const calls = new LevelCalls(database);
  return { table: new Table(calls, NAME), calls, name: NAME, close: () => database.close() };
}
