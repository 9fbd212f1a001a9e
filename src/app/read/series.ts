import type { HistoryStore, ListedCheck, Listing, Paging } from '../ports.ts';
import type { StoredSeries } from '../series/record.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ListedSeries } from './types.ts';

const CURSOR = { series: 'string' } as const;

/**
 * The series that commands added, removed ones too, by id.
 * @throws UsageError for a cursor of another listing.
 */
export async function listSeries(
  history: Pick<HistoryStore, 'series'>,
  { limit, after }: Paging,
): Promise<Listing<ListedSeries>> {
  const last = after === undefined ? '' : decodeCursor('series', CURSOR, after).series;
  const rest = (await history.series()).filter(({ id }) => id > last);
  const items = rest.slice(0, limit).map(listed);
  const end = rest.length > limit ? items.at(-1) : undefined;
  return { items, next: end === undefined ? null : encodeCursor('series', { series: end.id }) };
}

function listed({ id, record, fault }: StoredSeries): ListedSeries {
  if (record === null) {
    return { id, state: 'unreadable', fault, pattern: null, name: null, from: null, until: null, hub: null };
  }
  const { pattern, from, until = null, hub = null } = record.series;
  const state = record.removed ? 'removed' : record.paused ? 'paused' : 'tracked';
  return { id, state, fault, pattern, name: record.name, from, until, hub };
}

/** Ids of the added series that any of these pages may belong to; reads nothing for pages without a series. */
export async function addedSeriesOf(
  history: Pick<HistoryStore, 'series'>,
  checks: readonly Pick<ListedCheck, 'page' | 'retired'>[],
): Promise<ReadonlySet<string>> {
  if (!checks.some(({ page, retired }) => !retired && page.series !== null)) return new Set();
  const stored = await history.series();
  return new Set(stored.filter(({ record }) => record === null || !record.removed).map(({ id }) => id));
}
