import type { AuditItem } from '#app/ports.ts';
import { TABLE } from '#core/names.ts';
import type { Key } from './keys.ts';
import { SUM, sumFault } from './sum.ts';
import type { StoredItem, Table } from './table.ts';

/** An item that an index must hold, and the sum that tells its state. */
export interface Indexed extends Key {
  readonly sum: unknown;
}

/**
 * Holds an index against the items that must be in it. DynamoDB lets its indexes follow, and an embedded table whose
 * process was killed may have left one behind: what differs is looked at once more before it is called a fault.
 */
export async function* auditIndex(
  table: Table,
  index: string,
  wanted: ReadonlyMap<string, Indexed>,
): AsyncGenerator<AuditItem> {
  const missing = new Map(wanted);
  for await (const entry of table.scan(index)) {
    const name = `${entry.pk} ${entry.sk}`;
    const expected = wanted.get(name);
    const twice = expected !== undefined && !missing.delete(name);
    if (twice) yield fault(index, name, 'it stands in the index twice');
    else if (expected?.sum !== entry[SUM] || sumFault(entry) !== null) yield* judge(table, index, entry);
  }
  for (const [name, item] of missing) {
    const now = await table.raw(item);
    if (now !== null && now[SUM] === item.sum && !(await holds(table, index, now)))
      yield fault(index, name, 'it is missing in the index');
  }
}

/** An entry that is not what the scan of the table saw: a fault unless the item was changed meanwhile. */
async function* judge(table: Table, index: string, entry: StoredItem): AsyncGenerator<AuditItem> {
  const name = `${entry.pk} ${entry.sk}`;
  const now = await table.raw(entry);
  if (sumFault(entry) !== null) yield fault(index, name, 'its entry in the index is not what its sum says');
  else if (now === null) yield fault(index, name, 'the index holds an item that does not exist');
  else if (now[SUM] !== entry[SUM] && !(await holds(table, index, now)))
    yield fault(index, name, 'the index holds another state of the item');
}

async function holds(table: Table, index: string, item: StoredItem): Promise<boolean> {
  const [partition, sort] =
    index === TABLE.acrossIndex
      ? [TABLE.acrossPartitionKey, TABLE.acrossSortKey]
      : [TABLE.duePartitionKey, TABLE.dueSortKey];
  const at = String(item[sort]);
  const found = await table.rawQuery({
    index,
    partition: [partition, String(item[partition])],
    sort: [sort, at, at],
  });
  return found.some((entry) => entry.pk === item.pk && entry.sk === item.sk && entry[SUM] === item[SUM]);
}

function fault(index: string, name: string, problem: string): AuditItem {
  const pageId = /^(?:PAGE|TIME)#(\S+) /.exec(name)?.[1] ?? null;
  return { where: `${name} (index ${index})`, pageId, record: null, faults: [problem] };
}
