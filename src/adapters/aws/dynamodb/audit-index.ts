import type { AuditItem } from '#app/ports.ts';
import { DaybookError } from '#core/errors.ts';
import { TABLE } from '#core/names.ts';
import type { Key } from './keys.ts';
import { SUM, sumFault } from './sum.ts';
import type { StoredItem, Table } from './table.ts';

/** An item that an index must hold, and the sum of its state. */
export interface Indexed extends Key {
  readonly sum: unknown;
}

/**
 * Compares an index with the items that must be in it. DynamoDB's indexes follow their items later, and items change
 * during the scan: so a difference is read again before it counts as a fault. A failed read is a fault of its place, and
 * the audit continues.
 */
export async function* auditIndex(
  table: Table,
  index: string,
  wanted: ReadonlyMap<string, Indexed>,
): AsyncGenerator<AuditItem> {
  const missing = new Map(wanted);
  try {
    for await (const entry of table.scan(index)) {
      const name = `${entry.pk} ${entry.sk}`;
      const expected = wanted.get(name);
      const isExpected = expected?.sum === entry[SUM] && sumFault(entry) === null;
      // An item that moved meanwhile may be met in both its places: twice is only what is met twice in one state.
      const problem = isExpected
        ? missing.delete(name)
          ? null
          : 'it is in the index twice'
        : await orRefusal(() => judge(table, index, entry));
      if (problem === null) continue;
      missing.delete(name);
      yield fault(index, name, problem);
    }
  } catch (error) {
    yield { where: `index ${index}`, pageId: null, record: null, faults: [refusal(error)] };
    return;
  }
  for (const [name, item] of missing) {
    const problem = await orRefusal(async () => {
      const now = await table.raw(item);
      const isSame = now !== null && now[SUM] === item.sum;
      return isSame && !(await holds(table, index, now)) ? 'it is missing in the index' : null;
    });
    if (problem !== null) yield fault(index, name, problem);
  }
}

/** What is wrong with an entry that is not what the scan of the table saw; null when the item was changed meanwhile. */
async function judge(table: Table, index: string, entry: StoredItem): Promise<string | null> {
  if (sumFault(entry) !== null) return 'its entry in the index does not match its sum';
  const now = await table.raw(entry);
  if (now === null) return 'the index holds an item that does not exist';
  if (now[SUM] === entry[SUM] || (await holds(table, index, now))) return null;
  return 'the index holds another state of the item';
}

async function orRefusal(look: () => Promise<string | null>): Promise<string | null> {
  try {
    return await look();
  } catch (error) {
    return refusal(error);
  }
}

/** @throws what was given where it is no refusal: the database is away, or the mistake is ours. */
function refusal(error: unknown): string {
  if (error instanceof DaybookError && !error.retryable) return `it cannot be read: ${error.message}`;
  throw error;
}

/** Whether an index holds an item as it is; one without the index's keys does not belong there. */
async function holds(table: Table, index: string, item: StoredItem): Promise<boolean> {
  const [partition, sort] =
    index === TABLE.acrossIndex
      ? [TABLE.acrossPartitionKey, TABLE.acrossSortKey]
      : [TABLE.duePartitionKey, TABLE.dueSortKey];
  if (item[partition] === undefined || item[sort] === undefined) return false;
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
