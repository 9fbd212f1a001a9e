import type { CheckState } from '#core/schedule/check.ts';
import type { Hubs } from '../plan/discover.ts';
import type { HistoryStore } from '../ports.ts';
import { trackedSeries } from '../series/tracked.ts';

interface Deps {
  readonly history: Pick<HistoryStore, 'series'>;
  readonly hubs: Hubs;
}

/** The configured hubs, and those of added series. Reads nothing for a page that is no hub: planning marks hubs in their check. */
export async function hubsWithAdded({ history, hubs }: Deps, check: CheckState): Promise<Hubs> {
  if (check.searched === undefined) return hubs;
  const added = trackedSeries(await history.series(), { series: hubs.series, pages: new Set() });
  // Also of paused ones: planning lets the members rest before they are due.
  return { ...hubs, series: [...hubs.series, ...added.series] };
}
