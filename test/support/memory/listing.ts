import { UsageError } from '#core/errors.ts';

export const copy = <T>(value: T): T => structuredClone(value);
export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

interface Paging {
  readonly limit: number;
  readonly newestFirst?: boolean;
  readonly after?: string;
}

/** A part of the wanted items of a map, by their keys. */
export function list<T>(
  items: ReadonlyMap<string, T>,
  { limit, newestFirst, after }: Paging,
  wanted: (item: T) => boolean,
) {
  const direction = newestFirst === true ? -1 : 1;
  const mark = after === undefined ? null : Buffer.from(after, 'base64url').toString('utf8');
  if (mark !== null && !items.has(mark)) throw new UsageError('"after" is not a cursor', { code: 'bad-cursor' });
  const rest = [...items]
    .filter(([key, item]) => wanted(item) && (mark === null || compare(key, mark) * direction > 0))
    .sort(([a], [b]) => compare(a, b) * direction);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next = rest.length > page.length && last !== undefined ? Buffer.from(last[0]).toString('base64url') : null;
  return { items: copy(page.map(([, item]) => item)), next };
}
