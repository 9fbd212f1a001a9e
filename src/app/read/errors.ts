import { UsageError } from '#core/errors.ts';
import { cut } from '#core/text/cut.ts';
import { escapeJson } from '#core/text/hostile.ts';

/** The caller asked for a page or a revision that there is none of: exit code 2, HTTP 404. */
export class NotFoundError extends UsageError {
  constructor(message: string) {
    super(message, { code: 'not-found' });
  }
}

/** A page id as it can be shown in a one-line message: quoted, control characters escaped, cut. */
export function quoted(value: string): string {
  return escapeJson(JSON.stringify(cut(value, 100)));
}
