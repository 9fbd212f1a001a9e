import type { CreateTableCommandInput, Projection } from '@aws-sdk/client-dynamodb';
import { TABLE } from '#core/names.ts';

/** The indexes, with the attributes that make their keys. */
export const INDEXES: ReadonlyMap<string, readonly [partition: string, sort: string]> = new Map([
  [TABLE.acrossIndex, [TABLE.acrossPartitionKey, TABLE.acrossSortKey]],
  [TABLE.dueIndex, [TABLE.duePartitionKey, TABLE.dueSortKey]],
  [TABLE.pagesIndex, [TABLE.pagesPartitionKey, TABLE.partitionKey]],
]);

/** The attributes that an index holds next to the keys, where it does not hold whole items. */
export const PROJECTIONS: ReadonlyMap<string, readonly string[]> = new Map([[TABLE.pagesIndex, [TABLE.pagesRow]]]);

/** What an index holds of an item. */
export function projected<T extends Readonly<Record<string, unknown>>>(item: T, index: string | undefined): Partial<T> {
  const attributes = PROJECTIONS.get(index ?? '');
  if (attributes === undefined) return item;
  const kept = new Set([TABLE.partitionKey, TABLE.sortKey, ...(INDEXES.get(index ?? '') ?? []), ...attributes]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name))) as Partial<T>;
}

/** The table as the stateful stack makes it, for embedded and test tables: keys, indexes, on-demand. */
export function tableSchema(TableName: string): CreateTableCommandInput {
  const names = new Set([TABLE.partitionKey, TABLE.sortKey, ...[...INDEXES.values()].flat()]);
  const index = (IndexName: string, hash: string, range: string) => ({
    IndexName,
    KeySchema: [
      { AttributeName: hash, KeyType: 'HASH' as const },
      { AttributeName: range, KeyType: 'RANGE' as const },
    ],
    Projection: projectionOf(IndexName),
  });
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...names].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    KeySchema: [
      { AttributeName: TABLE.partitionKey, KeyType: 'HASH' },
      { AttributeName: TABLE.sortKey, KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [...INDEXES].map(([name, [partition, sort]]) => index(name, partition, sort)),
  };
}

function projectionOf(index: string): Projection {
  const attributes = PROJECTIONS.get(index);
  if (attributes === undefined) return { ProjectionType: 'ALL' };
  return { ProjectionType: 'INCLUDE', NonKeyAttributes: [...attributes] };
}
