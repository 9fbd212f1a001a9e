import type { Listing } from '#app/ports.ts';
import { UsageError } from '#core/errors.ts';
import { escapeJson } from '#core/text/hostile.ts';

/** Most bytes of the items in one JSON answer: a deployment cannot send more than 6 MB. */
export const API_BYTES = 5_000_000;
/** Most bytes, as JSON, of each list on a web page: its markup may make seven times as much of hostile text. */
export const WEB_BYTES = 350_000;

/**
 * How many of the items fit into so many bytes of JSON, in their order.
 * @throws UsageError (`too-large`) when there are items and the first one alone does not fit.
 */
export function countFitting(items: readonly unknown[], most: number): number {
  let bytes = 0;
  for (const [index, item] of items.entries()) {
    bytes += Buffer.byteLength(escapeJson(JSON.stringify(item))) + 1;
    if (bytes <= most) continue;
    if (index > 0) return index;
    throw new UsageError(`An item has more than the ${most} bytes that fit here: "daybook export" has it whole`, {
      code: 'too-large',
    });
  }
  return items.length;
}

/** A part of a listing that fits. Where `limit` items do not, it is asked for again with as many as do. */
export async function fitting<T>(
  limit: number,
  most: number,
  ask: (limit: number) => Promise<Listing<T>>,
): Promise<Listing<T>> {
  for (let size = limit; ; ) {
    const part = await ask(size);
    const fit = countFitting(part.items, most);
    if (fit === part.items.length) return part;
    size = fit;
  }
}

/** The items from a place on, at most `limit` and as many as fit; `end` is the place after the last of them. */
export function partFrom<T>(
  items: readonly T[],
  start: number,
  most: number,
  limit = items.length,
): { readonly items: readonly T[]; readonly end: number } {
  const wanted = items.slice(start, start + limit);
  const end = start + countFitting(wanted, most);
  return { items: items.slice(start, end), end };
}
