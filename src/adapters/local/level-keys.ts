import { TABLE } from '#core/names.ts';
import type { Key } from '../aws/dynamodb/keys.ts';
import { INDEXES } from '../aws/dynamodb/schema.ts';

export type Attributes = Readonly<Record<string, unknown>>;

/** A range of keys, the upper end not included. */
export interface Range {
  readonly gte: string;
  readonly lt: string;
}

/** Sorts before everything that a part of a key may contain, so that entries sort by their first part, then the next. */
const SEPARATOR = '\u0000';
/** Sorts directly behind a part and everything that follows it. */
const BEHIND = '\u0001';

const ITEMS = 'item';
const TABLE_KEY = [TABLE.partitionKey, TABLE.sortKey] as const;

/** The attributes that make the keys of a table's entries or an index's, in the order in which they sort. */
function partsOf(index?: string): readonly string[] | null {
  if (index === undefined) return TABLE_KEY;
  const parts = INDEXES.get(index);
  return parts === undefined ? null : [...parts, ...TABLE_KEY];
}

/** Where an entry lies; null when an attribute of its key is missing, is no text, is empty or holds a separator. */
export function entryKey(item: Attributes, index?: string): string | null {
  const parts = partsOf(index)?.map((name) => item[name]);
  const isKey = parts?.every((part) => typeof part === 'string' && part !== '' && !/[\0\x01]/.test(part));
  return isKey === true ? [index ?? ITEMS, ...(parts ?? [])].join(SEPARATOR) : null;
}

/** Every place in which an item lies: the table, and the indexes whose attributes it has. */
export function placesOf(item: Attributes): string[] {
  return [undefined, ...INDEXES.keys()].map((index) => entryKey(item, index)).filter((key) => key !== null);
}

/** All entries of the table or an index; of one partition; or of those between two sort keys, both included. */
export function rangeOf(
  index: string | undefined,
  partition?: string,
  sort?: readonly [from: string, to: string],
): Range {
  const start = partition === undefined ? [index ?? ITEMS] : [index ?? ITEMS, partition];
  const base = start.join(SEPARATOR);
  if (sort === undefined) return { gte: base + SEPARATOR, lt: base + BEHIND };
  return { gte: base + SEPARATOR + sort[0], lt: base + SEPARATOR + sort[1] + BEHIND };
}

/** Whether a key lies in a range, by bytes as the database sorts. */
export function isWithin(key: string, { gte, lt }: Range): boolean {
  const bytes = Buffer.from(key);
  return Buffer.compare(bytes, Buffer.from(gte)) >= 0 && Buffer.compare(bytes, Buffer.from(lt)) < 0;
}

/** The key attributes of an entry, of which every part of a listing can go on. */
export function attributesOf(key: string, index?: string): Key & Readonly<Record<string, string>> {
  const [, ...values] = key.split(SEPARATOR);
  const named = Object.fromEntries((partsOf(index) ?? []).map((name, at) => [name, values[at] ?? '']));
  return { pk: '', sk: '', ...named };
}
