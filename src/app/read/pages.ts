import type { HealthRecord } from '#core/health/record.ts';
import type { Head } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { isImplausible, latestPlausible } from '#core/schedule/plausible.ts';
import type { HistoryStore } from '../ports.ts';
import { NotFoundError, quoted } from './errors.ts';
import type { Heads } from './heads.ts';
import type { PageHealth, PageSummary } from './types.ts';

/** Intervals by which a late check shows that checks have stopped. */
const LATE_INTERVALS = 3;
/** Shortest lateness that counts, milliseconds: a queue may hold a job back for a while. */
const LATE_AT_LEAST_MS = 15 * 60_000;

/** All tracked pages, retired ones too, in the order of their ids. */
export async function listPages(history: HistoryStore, now: () => string): Promise<PageSummary[]> {
  const checks = await history.checks();
  const ids = checks.map((check) => check.page.id);
  const [heads, healths] = await Promise.all([history.heads(ids), history.healths(ids)]);
  const at = now();
  return checks.map((check) => {
    const id = check.page.id;
    return summary(check, heads.get(id) ?? null, healths.get(id) ?? null, at);
  });
}

/** @throws NotFoundError when no such page is tracked. */
export async function findPage(history: HistoryStore, pageId: string, now: () => string): Promise<PageSummary> {
  const [check, head, health] = await Promise.all([
    history.check(pageId),
    history.head(pageId),
    history.health(pageId),
  ]);
  if (check === null) throw noSuchPage(pageId);
  return summary(check, head, health, now());
}

/** @throws NotFoundError when no such page is tracked. */
export async function findTracked(history: HistoryStore, heads: Heads, pageId: string): Promise<void> {
  if ((await heads.of(pageId)) === null && (await history.check(pageId)) === null) throw noSuchPage(pageId);
}

export function noSuchPage(pageId: string): NotFoundError {
  return new NotFoundError(`No page with the id ${quoted(pageId)} is tracked: ask for the list of pages`);
}

function summary(check: CheckState, head: Head | null, health: HealthRecord | null, now: string): PageSummary {
  return {
    ...check.page,
    title: head?.title ?? null,
    period: head?.period ?? null,
    retired: check.retired,
    revisions: head?.revision ?? 0,
    paragraphs: head?.paragraphs ?? 0,
    firstObservedAt: head?.firstObservedAt ?? null,
    lastChangedAt: head?.observedAt ?? null,
    oldestDate: head?.oldestDate ?? null,
    newestDate: head?.newestDate ?? null,
    health: pageHealth(check, health, now),
  };
}

function pageHealth(check: CheckState, health: HealthRecord | null, now: string): PageHealth {
  return {
    pageId: check.page.id,
    state: health?.state.state ?? 'unknown',
    reason: health?.state.reason ?? null,
    detail: health?.state.detail ?? null,
    since: health?.state.since ?? null,
    lastCheckedAt: check.lastCheckedAt,
    nextCheckAt: check.retired ? null : check.dueAt,
    overdue: isOverdue(check, now),
    events: health?.events ?? [],
  };
}

function isOverdue(check: CheckState, now: string): boolean {
  if (check.retired) return false;
  if (isImplausible(check.leasedUntil ?? check.dueAt, latestPlausible(now))) return true;
  const due = Date.parse(check.dueAt);
  const interval = check.lastCheckedAt === null ? 0 : due - Date.parse(check.lastCheckedAt);
  return Date.parse(now) - due > Math.max(LATE_INTERVALS * interval, LATE_AT_LEAST_MS);
}
