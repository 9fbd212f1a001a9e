import type { HealthRecord } from '#core/health/record.ts';
import type { Head } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { type CheckSummary, summarize } from '#core/schedule/summary.ts';
import type { Anchors } from './anchors.ts';
import { finding, type VerifyEvent } from './types.ts';

/** The heads that a check may show now, null: a page without one. */
export type ShownHeads = readonly [Head | null, ...(Head | null)[]];

const OF_HEALTH = ['state', 'reason', 'since'] as const;
const OF_HEAD = (Object.keys(summarize(null, null)) as (keyof CheckSummary)[]).filter(
  (field) => !OF_HEALTH.some((one) => one === field),
);

/**
 * The heads that a check may show after one revision more: that of the revision, and the earlier ones where a crash, or a
 * writer that is still at work, explains that the check does not show it yet. That is so between the flip and the check of
 * a capture, which the check does not count as judged then, and between the flip of a technical revision and its summary.
 */
export function shownAfter(before: ShownHeads, head: Head, isExplained: boolean): ShownHeads {
  return isExplained ? [...before, head] : [head];
}

/**
 * Compares what lists show of a page with its head and health.
 * @param heads null where they are unknown: the chain is broken, or an import ended between its check and its flip.
 */
export function* verifySummary(
  pageId: string,
  { check, health }: Pick<Anchors, 'check' | 'health'>,
  heads: ShownHeads | null,
): Generator<VerifyEvent> {
  if (check === null || check === undefined) return;
  const { summary } = check;
  const differing = (from: CheckSummary, fields: readonly (keyof CheckSummary)[]) =>
    fields.filter((field) => summary[field] !== from[field]).join(', ');
  const problem = (what: string, fields: string) =>
    finding(pageId, 'check', `its summary differs from the ${what}: ${fields}`);
  const ofHeads = (heads ?? []).map((head) => differing(summarize(head, null), OF_HEAD));
  // Named are the fields that differ from the newest.
  if (heads !== null && !ofHeads.includes('')) yield problem('head', ofHeads.at(-1) ?? '');
  if (health === undefined || (health !== null && isNewer(health, check))) return;
  const ofHealth = differing(summarize(null, health), OF_HEALTH);
  if (ofHealth !== '') yield problem('health', ofHealth);
}

/**
 * Whether a check that is not recorded yet wrote the health: after the last one that is, or for the job that the page still
 * waits for. An import writes it first as well.
 */
function isNewer({ observedAt }: HealthRecord, { lastCheckedAt, dueAt, importing }: CheckState): boolean {
  return importing === true || lastCheckedAt === null || observedAt > lastCheckedAt || observedAt >= dueAt;
}
