import { UsageError } from '#core/errors.ts';
import { lastInstant, spanOf } from '#core/history/instants.ts';
import type { Head, RevisionRecord } from '#core/history/types.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';

export interface ExportDeps {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly progress?: (pageId: string, done: number, of: number) => void;
}

/** Observed time, ISO 8601 instants UTC with milliseconds: both inclusive. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * The period between two days, months, years or instants, both whole: stored instants are compared with it as text.
 * @throws UsageError when one is no existing time, or the first is after the last.
 */
export function periodBetween(from: string | null, to: string | null): Period {
  const [first, last] = [span('--from', from), span('--to', to)];
  const period = { from: first?.start ?? null, to: last === null ? null : lastInstant(last) };
  if (period.from !== null && period.to !== null && period.from > period.to)
    throw new UsageError(`--from: "${from}" is after --to "${to}": there is no time between them`);
  return period;
}

function span(name: string, text: string | null) {
  if (text === null) return null;
  const found = spanOf(text);
  if (found === null)
    throw new UsageError(
      `${name}: "${text}" is not a day, month, year or instant (UTC) such as 2022-01-05, 2022-01 or 2022-01-05T10:15:00Z`,
    );
  return found;
}

export function isWithin(at: string, { from, to }: Period): boolean {
  return (from === null || at >= from) && isNotAfter(at, to);
}

export function isNotAfter(at: string, to: string | null): boolean {
  return to === null || at <= to;
}

/** The revisions of a page, oldest first, up to the end of a period; with the head that names them. */
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
