import type { RevisionRecord } from '#core/history/types.ts';

/** Cells of the tables that queries print. Loaded with the declarations of the commands: imports no table and no colours. */

/** An instant to the minute, UTC: `2022-01-09 10:15`. */
export function minute(instant: string | null): string {
  return instant === null ? '-' : instant.slice(0, 16).replace('T', ' ');
}

/** The beginning of a revision's id that commands accept as its name. */
export function shortName(id: string): string {
  return id.slice(0, 12);
}

/** A remark on a revision that was asked for by a number which may have meant another one; null where it never did. */
export function renumberedRemark(asked: readonly string[], renumberedAt: string | null): string | null {
  if (renumberedAt === null || !asked.some((ref) => /^\d{1,7}$/.test(ref))) return null;
  return `An import of older captures renumbered this page at ${minute(renumberedAt)}: before, a number may have meant another revision. Ids do not change.`;
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
