import { type CheckState, newCheck } from '#core/schedule/check.ts';
import { replaceCheck } from '../plan/replace-check.ts';
import type { HistoryStore } from '../ports.ts';
import type { StoredSeries } from '../series/record.ts';
import { replaceSeries } from '../series/replace-series.ts';

/** What commands decided in a store that is rebuilt. */
export interface Decided {
  readonly checks: readonly CheckState[];
  readonly series: readonly StoredSeries[];
}

/**
 * Makes what commands decided about pages and series part of a rebuilt store: captures do not have it. A page that is
 * tracked there already, and a series that is there, is left as it is. The same call again changes nothing.
 */
export async function carryOver(
  history: Pick<HistoryStore, 'check' | 'putCheck' | 'series' | 'putSeries'>,
  before: Decided,
  now: string,
): Promise<void> {
  const present = new Set((await history.series()).map((one) => one.id));
  for (const { id, record } of before.series) {
    if (record !== null && !present.has(id)) await replaceSeries(history, record, null);
  }
  for (const { page, added, paused } of before.checks) {
    // A member that rests with its series is paused again by the tick.
    if (added === undefined && paused !== true) continue;
    const stored = await history.check(page.id);
    if (stored !== null && !stored.retired) continue;
    const next = { ...(stored ?? newCheck(page, now)), page, retired: false };
    const decided = { ...(added === undefined ? {} : { added }), ...(paused === true ? { paused } : {}) };
    await replaceCheck(history, { ...next, ...decided }, stored);
  }
}
