import type { ChangesQuery, Listing, Paging, TimelineQuery, UndatedQuery } from '#app/ports.ts';
import { UsageError } from '#core/errors.ts';
import type { ChangeRecord, TimelineEntry } from '#core/history/types.ts';
import { TABLE } from '#core/names.ts';
import { type AcrossKind, PREFIX, pagePartition, timePartition, UNDATED, YEARS } from './keys.ts';
import type { QueryOptions, Table } from './table.ts';

/** Sorts before every date; a key may not be empty. */
const FIRST = '0';
/** Sorts after everything that a key can contain. */
const LAST = '\u{ffff}';
/** With LAST behind it sorts behind every date that a page can have. */
const LAST_DATE = '9';
/** Bounds that exclude each other: DynamoDB refuses to be asked. */
const NOTHING = { items: [], next: null };

/** Timeline entries by event date, of one page or of all. A prefix such as `2022-01` as a bound takes in all it begins. */
export async function listTimeline(table: Table, query: TimelineQuery): Promise<Listing<TimelineEntry>> {
  const from = query.from ?? FIRST;
  // Undated entries sort after every date: only a listing without bounds has them.
  const to = `${query.to ?? (query.from === undefined ? '' : LAST_DATE)}${LAST}`;
  if (from > to) return NOTHING;
  if (query.pageId !== undefined) {
    return listPartition(table, query, { partition: ['pk', timePartition(query.pageId)], sort: ['sk', from, to] });
  }
  return listYears(table, query, 'TIME', from, to);
}

/** Changes by observed time (`since` inclusive, `until` exclusive), of one page or of all. */
export async function listChanges(table: Table, query: ChangesQuery): Promise<Listing<ChangeRecord>> {
  const since = query.since ?? FIRST;
  const until = query.until ?? LAST;
  if (since > until) return NOTHING;
  if (query.pageId === undefined) return listYears(table, query, 'CHG', since, until);
  return listPartition(table, query, {
    partition: ['pk', pagePartition(query.pageId)],
    // A key goes on after its observed time, so that it sorts after `until` where the two are the same.
    sort: ['sk', PREFIX.change + since, PREFIX.change + until],
  });
}

/** Timeline entries without a date by page id, of one page or of all. */
export async function listUndated(table: Table, query: UndatedQuery): Promise<Listing<TimelineEntry>> {
  if (query.pageId === undefined) {
    return listPartition(table, query, {
      index: TABLE.acrossIndex,
      partition: [TABLE.acrossPartitionKey, UNDATED],
      sort: [TABLE.acrossSortKey, query.fromPage ?? FIRST, LAST],
    });
  }
  return listPartition(table, query, {
    partition: ['pk', timePartition(query.pageId)],
    sort: ['sk', UNDATED, UNDATED + LAST],
  });
}

interface Ordered extends Paging {
  readonly newestFirst?: boolean;
}

/** One part of a partition, and where to go on. */
export async function listPartition<T>(
  table: Table,
  paging: Ordered,
  options: Pick<QueryOptions, 'partition' | 'sort' | 'index'>,
): Promise<Listing<T>> {
  const { values, lastKey } = await table.query<T>({
    ...options,
    limit: paging.limit,
    ...(paging.newestFirst === undefined ? {} : { newestFirst: paging.newestFirst }),
    ...(paging.after === undefined ? {} : { startKey: readCursor(paging.after) }),
  });
  return { items: values, next: lastKey === null ? null : writeCursor(lastKey) };
}

/** Goes through the year partitions that exist and may hold something between `from` and `to`. */
async function listYears<T>(
  table: Table,
  paging: Ordered,
  kind: AcrossKind,
  from: string,
  to: string,
): Promise<Listing<T>> {
  const registered = await table.queryAll<string>({
    partition: ['pk', YEARS],
    sort: ['sk', `${kind}#${from.slice(0, 4)}`, `${kind}#${to.slice(0, 4)}`],
  });
  const years = paging.newestFirst === true ? registered.reverse() : registered;
  const items: T[] = [];
  const cursor = paging.after === undefined ? undefined : readCursor(paging.after);
  const begun = cursor === undefined ? 0 : years.indexOf(String(cursor[TABLE.acrossPartitionKey]));
  if (begun === -1) throw badCursor();
  // A cursor that names a year only is at its beginning.
  let startKey = cursor?.pk === undefined ? undefined : cursor;
  for (const [index, year] of years.slice(begun).entries()) {
    const { values, lastKey } = await table.query<T>({
      index: TABLE.acrossIndex,
      partition: [TABLE.acrossPartitionKey, year],
      sort: [TABLE.acrossSortKey, from, to],
      limit: paging.limit - items.length,
      ...(paging.newestFirst === undefined ? {} : { newestFirst: paging.newestFirst }),
      ...(startKey === undefined ? {} : { startKey }),
    });
    startKey = undefined;
    items.push(...values);
    if (lastKey !== null) return { items, next: writeCursor(lastKey) };
    if (items.length >= paging.limit && begun + index + 1 < years.length) {
      return { items, next: writeCursor({ [TABLE.acrossPartitionKey]: years[begun + index + 1] }) };
    }
  }
  return { items, next: null };
}

function writeCursor(key: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function readCursor(cursor: string): Record<string, unknown> {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof key === 'object' && key !== null && Object.values(key).every((value) => typeof value === 'string')) {
      return key as Record<string, unknown>;
    }
  } catch {
    // Falls through to the one error for every foreign cursor.
  }
  throw badCursor();
}

function badCursor(): UsageError {
  return new UsageError('The cursor in "after" comes from no earlier answer; leave it out to start again', {
    code: 'bad-cursor',
  });
}
