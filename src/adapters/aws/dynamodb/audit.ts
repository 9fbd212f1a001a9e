import type { AuditItem, StoredRecord } from '#app/ports.ts';
import { DaybookError } from '#core/errors.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import { TABLE } from '#core/names.ts';
import { AUDITED, auditIndex, type Indexed } from './audit-index.ts';
import {
  alertItem,
  bulletinItem,
  changeItem,
  checkItem,
  chunkItem,
  cursorItem,
  formatItem,
  headItem,
  healthItem,
  looksItem,
  markItem,
  pastItem,
  placeItem,
  quarantineItem,
  revisionItem,
  seriesItem,
  stateItem,
  timelineItem,
  yearItem,
} from './items.ts';
import {
  FORMAT_KEY,
  type Key,
  OF_PAGE,
  PREFIX,
  pagePartition,
  SERIES,
  SORT,
  timePartition,
  UNDATED,
  YEARS,
} from './keys.ts';
import { PART_PARTITION } from './packing.ts';
import { SUM, sumFault } from './sum.ts';
import type { NewItem, StoredItem, Table } from './table.ts';

const PAGE = pagePartition('');
const TIME = timePartition('');
const CONTENT: ReadonlySet<string> = new Set(['data', 'packed', 'parts', 'partsOf', SUM]);

/**
 * Goes through the whole table once and through each index once. An item is as it was written when its sum holds and
 * when its value gives its keys and index attributes.
 */
export async function* auditTable(table: Table): AsyncGenerator<AuditItem> {
  const indexed = AUDITED.map((index) => ({ index, items: new Map<string, Indexed>() }));
  const years = new Set<string>();
  const registered = new Set<string>();
  for await (const item of table.scan()) {
    yield await auditItem(table, item);
    if (item.pk === YEARS) registered.add(item.sk);
    const year = item[TABLE.acrossPartitionKey];
    if (typeof year === 'string' && year !== UNDATED) years.add(year);
    for (const { index, items } of indexed) {
      if (item[index.partition] === undefined) continue;
      items.set(whereOf(item), { pk: item.pk, sk: item.sk, state: item[index.state] });
    }
  }
  for (const year of years) {
    // Read again: a year that began during the scan has its item by now.
    if (!registered.has(year) && (await table.raw({ pk: YEARS, sk: year })) === null) {
      yield {
        where: `${YEARS} ${year}`,
        pageId: null,
        record: null,
        faults: ['it is missing: listings skip that year'],
      };
    }
  }
  for (const { index, items } of indexed) yield* auditIndex(table, index, items);
}

async function auditItem(table: Table, item: StoredItem): Promise<AuditItem> {
  const where = whereOf(item);
  const fault = sumFault(item);
  const found = { where, pageId: pageOf(item), record: null };
  if (fault !== null) return { ...found, faults: [fault] };
  // The rest of a large item: read with the item that names it. One that none names is a leftover of a refused write.
  if (item.pk.startsWith(PART_PARTITION)) return { ...found, faults: [] };
  try {
    const value = await table.value<never>(item);
    if (item.pk === YEARS) return { ...found, faults: misplaced(item, yearItem(value)) };
    if (item.pk === FORMAT_KEY.pk) return { ...found, faults: misplaced(item, formatItem(value)) };
    if (item.pk === SERIES) return { ...found, faults: await seriesFaults(item, value) };
    const record = recordOf(item, value);
    if (record === null) return { ...found, faults: ['its key is none that Daybook writes'] };
    return { ...found, record, faults: misplaced(item, itemOf(record)) };
  } catch (error) {
    // What the value lacks may break the rebuilding of its key: that it is bad is the finding.
    // A refused read of one of its parts is a finding too: the rest of the table is still to be looked at.
    const isFinding = error instanceof TypeError || (error instanceof DaybookError && !error.retryable);
    if (isFinding) return { ...found, faults: [error.message] };
    throw error;
  }
}

/** Whether the item has the keys and attributes that its value gives it, and no others. */
function misplaced(item: StoredItem, wanted: NewItem): string[] {
  const actual = Object.fromEntries(Object.entries(item).filter(([name]) => !CONTENT.has(name)));
  const expected = { ...wanted.key, ...wanted.attributes };
  return canonicalJson(actual) === canonicalJson(expected) ? [] : ['its key does not match its value'];
}

async function seriesFaults(item: StoredItem, value: unknown): Promise<string[]> {
  const { readRecord } = await import('#app/series/read-record.ts');
  const { record, fault } = readRecord(item.sk, value);
  return record === null ? [fault] : misplaced(item, seriesItem(record));
}

function recordOf({ pk, sk }: Key, value: never): StoredRecord | null {
  if (pk.startsWith(TIME)) return { kind: 'entry', value };
  if (!pk.startsWith(PAGE)) return null;
  if (sk === SORT.head) return { kind: 'head', value };
  if (sk === SORT.health) return { kind: 'health', value };
  if (sk === SORT.check) return { kind: 'check', value };
  if (sk === SORT.bulletin) return { kind: 'bulletin', value };
  if (sk.startsWith(PREFIX.revision)) return { kind: 'revision', value };
  if (sk.startsWith(PREFIX.change)) return { kind: 'change', value };
  if (sk.startsWith(PREFIX.state)) return { kind: 'state', value };
  if (sk.startsWith(PREFIX.past)) return { kind: 'past', value };
  if (sk.startsWith(PREFIX.mark)) return { kind: 'mark', value };
  if (sk.startsWith(PREFIX.place)) return { kind: 'place', value };
  if (sk.startsWith(PREFIX.chunk)) return { kind: 'chunk', value };
  if (sk.startsWith(PREFIX.quarantine)) return { kind: 'quarantine', value };
  if (sk.startsWith(PREFIX.looks)) return { kind: 'looks', value };
  if (sk.startsWith(PREFIX.cursor)) return { kind: 'cursor', value };
  if (sk.startsWith(PREFIX.alert)) return { kind: 'alert', value };
  return null;
}

function itemOf(record: StoredRecord): NewItem {
  switch (record.kind) {
    case 'head':
      return headItem(record.value);
    case 'revision':
      return revisionItem(record.value);
    case 'change':
      return changeItem(record.value);
    case 'entry':
      return timelineItem(record.value);
    case 'state':
      return stateItem(record.value);
    case 'past':
      return pastItem(record.value);
    case 'bulletin':
      return bulletinItem(record.value);
    case 'mark':
      return markItem(record.value);
    case 'place':
      return placeItem(record.value);
    case 'chunk':
      return chunkItem(record.value);
    case 'health':
      return healthItem(record.value);
    case 'check':
      return checkItem(record.value);
    case 'looks':
      return looksItem(record.value);
    case 'quarantine':
      return quarantineItem(record.value);
    case 'cursor':
      return cursorItem(record.value);
    case 'alert':
      return alertItem(record.value);
  }
}

function pageOf({ pk }: Key): string | null {
  const isPart = pk.startsWith(PART_PARTITION);
  const whole = isPart ? pk.slice(PART_PARTITION.length) : pk;
  const start = OF_PAGE.map((partition) => partition('')).find((prefix) => whole.startsWith(prefix));
  if (start === undefined) return null;
  const rest = whole.slice(start.length);
  // The partition of a part goes on with the sort key of the item that it belongs to.
  return isPart ? (/^[^#]+(?=#)/.exec(rest)?.[0] ?? null) : rest;
}

const whereOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
