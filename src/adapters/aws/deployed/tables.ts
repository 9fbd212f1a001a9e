import type { HistoryStore } from '#app/ports.ts';
import { documentClient } from '../dynamodb/client.ts';
import { createHistoryStore } from '../dynamodb/history-store.ts';
import { createRawItems } from '../dynamodb/raw-items.ts';
import { Table } from '../dynamodb/table.ts';
import { WholeTables } from '../dynamodb/whole-tables.ts';

export interface NamedTable {
  readonly items: ReturnType<typeof createRawItems>;
  /** Whatever its format. */
  readonly history: HistoryStore;
}

export interface Tables {
  readonly whole: WholeTables;
  open(name: string): NamedTable;
  close(): void;
}

/** Tables by their names, for commands that copy or fill whole tables. */
export function composeTables(): Tables {
  const client = documentClient();
  const whole = new WholeTables();
  return {
    whole,
    open(name) {
      const table = new Table(client, name);
      return { items: createRawItems(table), history: createHistoryStore(table) };
    },
    close() {
      client.destroy();
      whole.close();
    },
  };
}
