import { UsageError } from '#core/errors.ts';

/** Longest cursor that is looked at: ids and the store's own cursor fit several times over. */
const MAX_LENGTH = 4_096;

type Fields = Readonly<Record<string, string | number | null>>;
type Shape = Readonly<Record<string, 'string' | 'number' | 'string?'>>;
type Decoded<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends 'number' ? number : S[K] extends 'string?' ? string | null : string;
};

/** An opaque, URL-safe name of a position in a listing. `kind` keeps cursors of one listing out of another. */
export function encodeCursor(kind: string, fields: Fields): string {
  return Buffer.from(JSON.stringify({ ...fields, _: kind }), 'utf8').toString('base64url');
}

/**
 * Reads a cursor back.
 * @throws UsageError (`bad-cursor`) when it was not made by `encodeCursor` for this kind of listing.
 */
export function decodeCursor<S extends Shape>(kind: string, shape: S, cursor: string): Decoded<S> {
  const value = parse(cursor);
  if (value === null || value._ !== kind) throw badCursor();
  for (const [name, type] of Object.entries(shape)) {
    const field = value[name];
    const fits = type === 'string?' ? field === null || typeof field === 'string' : typeof field === type;
    if (!fits) throw badCursor();
  }
  return value as Decoded<S>;
}

function parse(cursor: string): Record<string, unknown> | null {
  if (cursor.length > MAX_LENGTH) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Every fault has the same answer: it is no cursor of this listing.
    return null;
  }
}

export function badCursor(): UsageError {
  return new UsageError('"after" is not a cursor of this listing: give "next" of the page before, or leave it out', {
    code: 'bad-cursor',
  });
}
