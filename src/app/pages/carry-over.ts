import { type CheckState, newCheck } from '#core/schedule/check.ts';
import { replaceCheck } from '../plan/replace-check.ts';
import type { HistoryStore } from '../ports.ts';

/**
 * Makes what commands decided about pages part of a rebuilt store: captures do not have it. A page that is tracked there
 * already is left as it is. The same call again changes nothing.
 * @param before the checks of the store that is rebuilt
 */
export async function carryOver(
  history: Pick<HistoryStore, 'check' | 'putCheck'>,
  before: readonly CheckState[],
  now: string,
): Promise<void> {
  for (const { page, added, paused } of before) {
    if (added === undefined && paused !== true) continue;
    const stored = await history.check(page.id);
    if (stored !== null && !stored.retired) continue;
    const next = { ...(stored ?? newCheck(page, now)), page, retired: false };
    const decided = { ...(added === undefined ? {} : { added }), ...(paused === true ? { paused } : {}) };
    await replaceCheck(history, { ...next, ...decided }, stored);
  }
}
