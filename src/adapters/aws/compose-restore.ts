import { S3Client } from '@aws-sdk/client-s3';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { type StorePlace, withFormat } from '#app/store-format.ts';
import { documentClient } from './dynamodb/client.ts';
import { createHistoryStore } from './dynamodb/history-store.ts';
import { createRawItems } from './dynamodb/raw-items.ts';
import { Table } from './dynamodb/table.ts';
import { WholeTables } from './dynamodb/whole-tables.ts';
import { createS3Objects } from './s3-objects.ts';

export interface NamedTable {
  readonly items: ReturnType<typeof createRawItems>;
  /** Whatever its format. */
  readonly history: HistoryStore;
}

/** Tables by their names, for commands that copy or fill whole tables. */
export function composeTables() {
  const client = documentClient();
  const whole = new WholeTables();
  return {
    whole,
    open(name: string): NamedTable {
      const table = new Table(client, name);
      return { items: createRawItems(table), history: createHistoryStore(table) };
    },
    close() {
      client.destroy();
      whole.close();
    },
  };
}

/** A deployed store by the names of its table and bucket, in this version's format. */
export function composeStore(
  place: StorePlace,
  history: HistoryStore,
  bucket: string,
): { history: HistoryStore; objects: ObjectStore } {
  return { history: withFormat(history, place), objects: createS3Objects(new S3Client({}), bucket) };
}
