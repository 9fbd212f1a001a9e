import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { openEmbeddedTable } from '#adapters/local/embedded-table.ts';
import { openDynamoTable } from '../support/dynamo-table.ts';
import { ItemTable } from '../support/item-table.ts';
import { createMemoryHistory } from '../support/memory-history.ts';
import { describeHistoryStore, SMALL } from './history-store.ts';

describeHistoryStore('the fake of the read tests', async () => ({
  store: createMemoryHistory(),
  close: async () => {},
}));

describeHistoryStore('the table over a map in memory', async () => ({
  store: createHistoryStore(new Table(new ItemTable().client(), 'daybook')),
  close: async () => {},
}));

describeHistoryStore('embedded table in memory', async () => {
  const { table, close } = await openEmbeddedTable(null);
  return { store: createHistoryStore(table), close };
});

describeHistoryStore('embedded table on disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  const { table, close } = await openEmbeddedTable(join(folder, 'table'));
  return {
    store: createHistoryStore(table),
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

describeHistoryStore(
  "a database that speaks DynamoDB's protocol",
  async () => {
    const { client, name, close } = await openDynamoTable();
    return { store: createHistoryStore(new Table(client, name)), close };
  },
  SMALL,
);
