import type { NotifyCursor } from '#core/alerts/record.ts';
import type { HealthRecord } from '#core/health/record.ts';
import type { Head } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { unlessBad } from './refusal.ts';
import { finding, type VerifyDeps, type VerifyEvent } from './types.ts';

/**
 * The changeable items of a page when the verification began: null where there is none, undefined where it cannot be
 * read, so that nothing can be compared with it.
 */
export interface Anchors {
  readonly cursors: readonly NotifyCursor[] | undefined;
  readonly check: CheckState | null | undefined;
  readonly health: HealthRecord | null | undefined;
  readonly head: Head | null | undefined;
  /** One for each item that could not be read. */
  readonly findings: readonly VerifyEvent[];
}

/**
 * Read before anything else, in the reverse order of writing: the notifier's cursors are written after the head, the check
 * after health and head. So all that an anchor names exists when it is read later, even if others write meanwhile.
 */
export async function anchorsOf(history: VerifyDeps['history'], pageId: string): Promise<Anchors> {
  const findings: VerifyEvent[] = [];
  const look = <T>(where: string, read: () => Promise<T>) =>
    unlessBad(read, (problem) => findings.push(finding(pageId, where, problem)));
  const cursors = await look('cursor', () => history.cursors(pageId));
  const check = await look('check', () => history.check(pageId));
  const health = await look('health', () => history.health(pageId));
  const head = await look('head', () => history.head(pageId));
  return { cursors, check, health, head, findings };
}
