import { UsageError } from '#core/errors.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { cut } from '#core/text/cut.ts';
import { escapeJson } from '#core/text/hostile.ts';

/** The caller asked for a page or a revision that there is none of: exit code 2, HTTP 404. */
export class NotFoundError extends UsageError {
  constructor(message: string) {
    super(message, { code: 'not-found' });
  }
}

/** Hex digits of a revision's id. */
export const ID_DIGITS = 64;

/** A revision, as far as an error names it. */
export type RevisionRef = Pick<RevisionRecord, 'number' | 'id' | 'observedAt'>;

/**
 * An id that does not name one revision of the present history. `ambiguous`: several begin so; `revisions` are those.
 * `superseded`: an import made the history again without it; `revisions` has the one that is there now for its time, if any.
 */
export class RevisionError extends UsageError {
  constructor(
    code: 'ambiguous' | 'superseded',
    message: string,
    readonly pageId: string,
    readonly revisions: readonly RevisionRef[],
  ) {
    super(message, { code });
  }
}

/** A page id as it can be shown in a one-line message: quoted, control characters escaped, cut. */
export function quoted(value: string): string {
  return escapeJson(JSON.stringify(cut(value, 100)));
}
