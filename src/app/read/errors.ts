import { UsageError } from '#core/errors.ts';

/** The caller asked for a page or a revision that there is none of: exit code 2, HTTP 404. */
export class NotFoundError extends UsageError {
  constructor(message: string) {
    super(message, { code: 'not-found' });
  }
}

/** A page id as it can be shown in a one-line message: quoted, control characters escaped, cut. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
}
