import type { HistoryStore } from '#app/ports.ts';
import { createHistoryStore } from '../aws/dynamodb/history-store.ts';
import { openEmbeddedTable } from './embedded-table.ts';
import { nextTableOf } from './table-folders.ts';

/** The table that will replace that of a data folder. */
export interface NextTable {
  readonly history: HistoryStore;
  close(): Promise<void>;
}

/** Opens the replacement of a folder's table: a new one, or that of an interrupted attempt. The folder must be locked. */
export async function openNextTable(folder: string): Promise<NextTable> {
  const { table, close } = await openEmbeddedTable(nextTableOf(folder));
  return { history: createHistoryStore(table), close };
}
