import { gunzipSync, gzipSync } from 'node:zlib';
import { StoredDataError } from '#app/errors.ts';
import { sha256 } from '#core/history/canonical.ts';
import type { Key } from './keys.ts';
import { readRow } from './rows.ts';

/** Stored form of a value: readable JSON while it is small, gzip when it is not, in parts when that is still too much. */
export interface Packed {
  readonly data?: string;
  readonly packed?: Uint8Array;
  /** How many further items hold the rest, and what their keys carry: a hash of the content. */
  readonly parts?: number;
  readonly partsOf?: string;
  /** The part of a check that an index holds alone: see `writeRow`. */
  readonly row?: string;
}

/** DynamoDB takes 400 KB an item, names and keys included, and charges by the KB: long texts are packed early. */
const PLAIN_LIMIT = 64 * 1024;
const PART_SIZE = 360 * 1024;

/** The attributes of the main item and the contents of the further ones. */
export function pack(value: unknown): { attributes: Packed; rest: readonly Uint8Array[] } {
  const json = JSON.stringify(value);
  const bytes = Buffer.from(json);
  if (bytes.byteLength <= PLAIN_LIMIT) return { attributes: { data: json }, rest: [] };
  const zipped = gzipSync(bytes, { level: 6 });
  const parts: Uint8Array[] = [];
  for (let at = 0; at < zipped.byteLength; at += PART_SIZE) parts.push(zipped.subarray(at, at + PART_SIZE));
  const [first = new Uint8Array(), ...rest] = parts;
  const more = rest.length === 0 ? {} : { parts: rest.length, partsOf: sha256(zipped).slice(0, 16) };
  return { attributes: { packed: first, ...more }, rest };
}

/**
 * The value of a stored item. `loadRest` is asked for the further parts, in order, when there are any.
 * @throws StoredDataError when the item or one of its parts cannot be read.
 */
export async function unpack<T>(
  key: Key,
  item: Packed,
  loadRest: (parts: number) => Promise<readonly (Uint8Array | undefined)[]>,
): Promise<T> {
  try {
    if (item.row !== undefined) {
      const { row, ...rest } = item;
      const others =
        rest.data === undefined && rest.packed === undefined ? {} : await unpack<object>(key, rest, loadRest);
      return { ...others, ...readRow(row) } as T;
    }
    if (item.data !== undefined) return JSON.parse(item.data) as T;
    if (item.packed === undefined) throw new StoredDataError(`Item ${key.pk} ${key.sk} has no content`);
    const rest = item.parts === undefined ? [] : await loadRest(item.parts);
    const missing = rest.indexOf(undefined);
    if (missing !== -1) throw new StoredDataError(`Part ${missing + 1} of item ${key.pk} ${key.sk} is missing`);
    const parts = [item.packed, ...rest.filter((part) => part !== undefined)];
    return JSON.parse(gunzipSync(Buffer.concat(parts)).toString('utf8')) as T;
  } catch (cause) {
    if (cause instanceof StoredDataError) throw cause;
    throw new StoredDataError(`Item ${key.pk} ${key.sk} cannot be read`, cause);
  }
}

/** Prefix of the partitions of further parts, which no listing reads. */
export const PART_PARTITION = 'PART#';

/**
 * Further parts are named by the content that they are part of: a worker whose conditional write is refused has not
 * touched the parts of the one that won.
 */
export const partKey = (key: Key, partsOf: string, number: number): Key => ({
  pk: `${PART_PARTITION}${key.pk}#${key.sk}`,
  sk: `${partsOf}#${String(number).padStart(4, '0')}`,
});
