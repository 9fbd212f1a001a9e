import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { TABLE } from '#core/names.ts';

/** The indexes, with the attributes that make their keys. */
export const INDEXES: ReadonlyMap<string, readonly [partition: string, sort: string]> = new Map([
  [TABLE.acrossIndex, [TABLE.acrossPartitionKey, TABLE.acrossSortKey]],
  [TABLE.dueIndex, [TABLE.duePartitionKey, TABLE.dueSortKey]],
]);

/** The table as the stateful stack makes it, for embedded and test tables: keys, indexes, on-demand. */
export function tableSchema(TableName: string): CreateTableCommandInput {
  const names = [TABLE.partitionKey, TABLE.sortKey, ...[...INDEXES.values()].flat()];
  const index = (IndexName: string, hash: string, range: string) => ({
    IndexName,
    KeySchema: [
      { AttributeName: hash, KeyType: 'HASH' as const },
      { AttributeName: range, KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'ALL' as const },
  });
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    KeySchema: [
      { AttributeName: TABLE.partitionKey, KeyType: 'HASH' },
      { AttributeName: TABLE.sortKey, KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [...INDEXES].map(([name, [partition, sort]]) => index(name, partition, sort)),
  };
}
