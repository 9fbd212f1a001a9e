import { StoredDataError } from '#app/errors.ts';
import { type StoredSeries, unreadable } from '#app/series/record.ts';
import { SERIES } from './keys.ts';
import type { StoredItem, Table } from './table.ts';

/** All added series by id. One damaged item must not hide the others, nor stop what is done for them. */
export async function listSeries(table: Table): Promise<StoredSeries[]> {
  const items = await table.rawAll({ partition: ['pk', SERIES] });
  return Promise.all(items.map((item) => readItem(table, item)));
}

async function readItem(table: Table, item: StoredItem): Promise<StoredSeries> {
  try {
    const value = await table.value(item);
    // The schema is a third of what `plan` would load, and most stores have no added series.
    const { readRecord } = await import('#app/series/read-record.ts');
    return readRecord(item.sk, value);
  } catch (error) {
    if (error instanceof StoredDataError) return unreadable(item.sk, error.message, item.version);
    throw error;
  }
}
