import { escapePiece, type Piece } from '#app/objects/stored-text.ts';
import { badCursor, decodeCursor, encodeCursor } from '#app/read/cursor.ts';
import type { Reader, RevisionDiff, RevisionSelector, RevisionView } from '#app/read/reader.ts';
import type { ChangeRecord, RevisionRecord } from '#core/history/types.ts';
import { type Fitted, partFrom, pieceOf } from '../http/fit.ts';

/** How much of a list one answer holds. */
export interface Part {
  /** Most bytes, as JSON. */
  readonly most: number;
  /** Most items; absent: as many as fit. */
  readonly limit?: number | undefined;
  /** The cursor of the part before. */
  readonly after?: string | undefined;
}

/** Cursors name revisions by their ids: what is the newest, or has a number, may change between two parts. */
const IN_REVISION = { id: 'string', at: 'number' } as const;
const IN_DIFF = { from: 'string', to: 'string', at: 'number' } as const;
const ID = /^[0-9a-f]{64}$/;

export interface RevisionPart extends RevisionView {
  /** The part of the paragraphs, escaped. */
  readonly pieces: readonly Piece[];
  /** The cursor of the next part of the paragraphs, null at the end. */
  readonly more: string | null;
}

/** A revision with a part of its paragraphs. Later parts are of the revision that the first one showed. */
export async function readRevisionPart(
  reader: Reader,
  pageId: string,
  selector: RevisionSelector,
  part: Part,
): Promise<RevisionPart> {
  const start = part.after === undefined ? null : decodeCursor('paragraphs', IN_REVISION, part.after);
  const view = await reader.revision(pageId, start === null ? selector : fixed(selector, start.id));
  const at = start === null ? 0 : placeOf(start.at, [[start.id, view.record]]);
  const all = view.text.pieces;
  const { pieces, end } = partFrom(all, escapePiece, at, part.most, part.limit);
  const more = end < all.length ? encodeCursor('paragraphs', { id: view.record.id, at: end }) : null;
  return { ...view, pieces, more };
}

/** A part of what one revision changed, in the order of the page. */
export async function readChangesPart(
  reader: Reader,
  pageId: string,
  selector: RevisionSelector,
  part: Part,
): Promise<Fitted<ChangeRecord>> {
  const start = part.after === undefined ? null : decodeCursor('revision-changes', IN_REVISION, part.after);
  const changes = await reader.changesOf(pageId, start === null ? selector : fixed(selector, start.id));
  const id = changes[0]?.revisionId;
  if (start !== null && start.id !== id) throw badCursor();
  const at = placeOf(start?.at ?? 0, []);
  const { pieces, end } = partFrom(changes, pieceOf, at, part.most, part.limit);
  const isEnd = end >= changes.length || id === undefined;
  const next = isEnd ? null : encodeCursor('revision-changes', { id, at: end });
  return { items: changes.slice(at, end), next, pieces };
}

export interface DiffPart extends RevisionDiff {
  /** The changes as pieces of JSON. */
  readonly pieces: readonly string[];
  /** The cursor of the next part of the changes, null at the end. */
  readonly more: string | null;
}

/** A part of what changed between two revisions; later parts are of the same two. */
export async function readDiffPart(
  reader: Reader,
  pageId: string,
  from: RevisionSelector,
  to: RevisionSelector,
  part: Part,
): Promise<DiffPart> {
  const start = part.after === undefined ? null : decodeCursor('diff', IN_DIFF, part.after);
  const ends = start === null ? ([from, to] as const) : ([fixed(from, start.from), fixed(to, start.to)] as const);
  const diff = await reader.diff(pageId, ...ends);
  const at =
    start === null
      ? 0
      : placeOf(start.at, [
          [start.from, diff.from],
          [start.to, diff.to],
        ]);
  const { pieces, end } = partFrom(diff.changes, pieceOf, at, part.most, part.limit);
  const ids = { from: diff.from.id, to: diff.to.id };
  return {
    ...diff,
    changes: diff.changes.slice(at, end),
    pieces,
    more: end < diff.changes.length ? encodeCursor('diff', { ...ids, at: end }) : null,
  };
}

/** The revision of the part before where the selector moves on with time. */
function fixed(selector: RevisionSelector, id: string): RevisionSelector {
  if (!ID.test(id)) throw badCursor();
  return selector === 'latest' || (typeof selector === 'object' && 'asOf' in selector) ? { id } : selector;
}

function placeOf(at: number, revisions: readonly (readonly [id: string, record: RevisionRecord])[]): number {
  if (!Number.isSafeInteger(at) || at < 0 || revisions.some(([id, record]) => record.id !== id)) throw badCursor();
  return at;
}
