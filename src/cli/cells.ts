import type { RevisionRecord } from '#core/history/types.ts';

/** Cells of the tables that queries print. Loaded with the declarations of the commands: imports no table and no colours. */

/** An instant to the minute, UTC: `2022-01-09 10:15`. */
export function minute(instant: string | null): string {
  return instant === null ? '-' : instant.slice(0, 16).replace('T', ' ');
}

/** What sets a revision apart: a parser upgrade, a new issue … */
export function remarks(record: RevisionRecord): string {
  return [
    record.technical ? 'parser upgrade' : '',
    record.revertedTo === null ? '' : `back to revision ${record.revertedTo}`,
    record.replaced ? 'new issue' : '',
    record.confirmed ? 'mass change, confirmed' : '',
  ]
    .filter((remark) => remark !== '')
    .join(', ');
}
