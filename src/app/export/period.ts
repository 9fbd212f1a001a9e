import type { Head, RevisionRecord } from '#core/history/types.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';

export interface ExportDeps {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly progress?: (pageId: string, done: number, of: number) => void;
}

/** Observed time, ISO 8601 instants or the beginnings of some (`2022-01`): both inclusive. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

export function isWithin(at: string, { from, to }: Period): boolean {
  return (from === null || at >= from) && isNotAfter(at, to);
}

export function isNotAfter(at: string, to: string | null): boolean {
  return to === null || at <= to || at.startsWith(to);
}

/** The revisions of a page, oldest first, up to the end of a period; with the head that stands for them. */
export async function revisionsUntil(
  deps: ExportDeps,
  pageId: string,
  period: Period,
): Promise<{ readonly head: Head | null; readonly revisions: readonly RevisionRecord[] }> {
  const head = await deps.history.head(pageId);
  const all = head === null ? [] : await deps.history.revisions(pageId);
  const revisions = all.filter((revision) => isNotAfter(revision.observedAt, period.to));
  return { head, revisions: revisions.sort((a, b) => a.number - b.number) };
}
