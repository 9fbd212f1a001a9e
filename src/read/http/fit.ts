import type { Listing } from '#app/ports.ts';
import { UsageError } from '#core/errors.ts';
import { escapeJson } from '#core/text/hostile.ts';

/** Most bytes of the items in one JSON answer: a deployment cannot send more than 6 MB. */
export const API_BYTES = 5_000_000;
/** Most bytes, as JSON, of each list on a web page: its markup may make seven times as much of hostile text. */
export const WEB_BYTES = 350_000;

/** An item as the escaped JSON that is measured and sent: made once. */
export const pieceOf = (item: unknown): string => escapeJson(JSON.stringify(item));

/** A part of a listing that fits, with the pieces of JSON that its items are. */
export interface Fitted<T> extends Listing<T> {
  readonly pieces: readonly string[];
}

/**
 * Those of the pieces that fit into so many bytes, in their order; the others are not made.
 * @throws UsageError (`too-large`) when there are pieces and the first one alone does not fit.
 */
function fittingPieces<P extends string | Uint8Array>(pieces: Iterable<P>, most: number): P[] {
  const fit: P[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    bytes += Buffer.byteLength(piece) + 1;
    if (bytes <= most) {
      fit.push(piece);
      continue;
    }
    if (fit.length > 0) return fit;
    throw new UsageError(`An item has more than the ${most} bytes that fit here: "daybook export" has it whole`, {
      code: 'too-large',
    });
  }
  return fit;
}

/** A part of a listing that fits. Where `limit` items do not, it is asked for again with as many as do. */
export async function fitting<T>(
  limit: number,
  most: number,
  ask: (limit: number) => Promise<Listing<T>>,
): Promise<Fitted<T>> {
  for (let size = limit; ; ) {
    const { items, next } = await ask(size);
    const { pieces } = partFrom(items, pieceOf, 0, most);
    if (pieces.length === items.length) return { items, next, pieces };
    size = pieces.length;
  }
}

/**
 * The pieces of the items from a place on, at most `limit` and as many as fit; `end` is the place after the last of them.
 * @param pieceOfItem makes the escaped JSON of an item, as text or in UTF-8.
 */
export function partFrom<T, P extends string | Uint8Array>(
  items: readonly T[],
  pieceOfItem: (item: T) => P,
  start: number,
  most: number,
  limit = items.length,
): { readonly pieces: readonly P[]; readonly end: number } {
  const pieces = fittingPieces(lazily(items.slice(start, start + limit), pieceOfItem), most);
  return { pieces, end: start + pieces.length };
}

function* lazily<T, P>(items: readonly T[], pieceOfItem: (item: T) => P): Generator<P> {
  for (const item of items) yield pieceOfItem(item);
}
