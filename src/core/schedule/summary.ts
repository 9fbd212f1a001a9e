import type { HealthRecord } from '../health/record.ts';
import type { HealthState } from '../health/types.ts';
import type { Head } from '../history/types.ts';
import { cut } from '../text/cut.ts';

/** What a list of pages shows of a page's history and health. Instants are ISO 8601 UTC. */
export interface CheckSummary {
  /** At most 80 characters of it. */
  readonly title: string | null;
  readonly period: string | null;
  /** Number of the newest revision, 0 before the first. */
  readonly revision: number;
  readonly paragraphs: number;
  readonly firstObservedAt: string | null;
  /** When the newest revision was observed. */
  readonly observedAt: string | null;
  readonly oldestDate: string | null;
  readonly newestDate: string | null;
  /** Null until the first check was judged. */
  readonly state: HealthState['state'] | null;
  readonly reason: string | null;
  readonly since: string | null;
}

/** With it a check stays below one write unit, and a hundred of them are few read units. */
const TITLE_LENGTH = 80;

export function summarize(head: Head | null, health: HealthRecord | null): CheckSummary {
  const title = head?.title ?? null;
  return {
    title: title === null ? null : cut(title, TITLE_LENGTH),
    period: head?.period ?? null,
    revision: head?.revision ?? 0,
    paragraphs: head?.paragraphs ?? 0,
    firstObservedAt: head?.firstObservedAt ?? null,
    observedAt: head?.observedAt ?? null,
    oldestDate: head?.oldestDate ?? null,
    newestDate: head?.newestDate ?? null,
    state: health?.state.state ?? null,
    reason: health?.state.reason ?? null,
    since: health?.state.since ?? null,
  };
}
