import type { AuditItem } from '#app/ports.ts';
import { DaybookError } from '#core/errors.ts';
import type { Key } from './keys.ts';
import { INDEXES, PROJECTIONS } from './schema.ts';
import { SUM, sumFault } from './sum.ts';
import type { StoredItem, Table } from './table.ts';

/** An index: its keys, and the attribute that shows which state of an item it holds. */
interface Index {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
  readonly state: string;
}

/** Of an index that does not hold whole items the attribute that it holds is compared: a sum is over whole items. */
export const AUDITED: readonly Index[] = [...INDEXES].map(([name, [partition, sort]]) => {
  return { name, partition, sort, state: PROJECTIONS.get(name)?.[0] ?? SUM };
});

/** An item that an index must hold, and its state. */
export interface Indexed extends Key {
  readonly state: unknown;
}

/**
 * Compares an index with the items that must be in it. DynamoDB's indexes follow their items later, and items change
 * during the scan: so a difference is read again before it counts as a fault. A failed read is a fault of its place, and
 * the audit continues.
 */
export async function* auditIndex(
  table: Table,
  index: Index,
  wanted: ReadonlyMap<string, Indexed>,
): AsyncGenerator<AuditItem> {
  const missing = new Map(wanted);
  try {
    for await (const entry of table.scan(index.name)) {
      const name = `${entry.pk} ${entry.sk}`;
      const expected = wanted.get(name);
      const isExpected = expected?.state === entry[index.state] && faultOf(index, entry) === null;
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
    yield { where: `index ${index.name}`, pageId: null, record: null, faults: [refusal(error)] };
    return;
  }
  for (const [name, item] of missing) {
    const problem = await orRefusal(async () => {
      const now = await table.raw(item);
      const isSame = now !== null && now[index.state] === item.state;
      return isSame && !(await holds(table, index, now)) ? 'it is missing in the index' : null;
    });
    if (problem !== null) yield fault(index, name, problem);
  }
}

/** What is wrong with an entry that is not what the scan of the table saw; null when the item was changed meanwhile. */
async function judge(table: Table, index: Index, entry: StoredItem): Promise<string | null> {
  if (faultOf(index, entry) !== null) return 'its entry in the index does not match its sum';
  const now = await table.raw(entry);
  if (now === null) return 'the index holds an item that does not exist';
  if (now[index.state] === entry[index.state] || (await holds(table, index, now))) return null;
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
async function holds(table: Table, index: Index, item: StoredItem): Promise<boolean> {
  const { name, partition, sort, state } = index;
  if (item[partition] === undefined || item[sort] === undefined) return false;
  const at = String(item[sort]);
  const found = await table.rawQuery({
    index: name,
    partition: [partition, String(item[partition])],
    sort: [sort, at, at],
  });
  return found.some((entry) => entry.pk === item.pk && entry.sk === item.sk && entry[state] === item[state]);
}

function faultOf(index: Index, entry: StoredItem): string | null {
  return index.state === SUM ? sumFault(entry) : null;
}

function fault(index: Index, name: string, problem: string): AuditItem {
  const pageId = /^(?:PAGE|TIME)#(\S+) /.exec(name)?.[1] ?? null;
  return { where: `${name} (index ${index.name})`, pageId, record: null, faults: [problem] };
}
