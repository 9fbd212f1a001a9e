import type { SeriesConfig } from '#core/config.ts';
import type { PageSpec } from '#core/history/types.ts';
import { withMembers } from '#core/schedule/series.ts';
import type { HistoryStore, Log } from '../ports.ts';
import { unreadableSentence } from '../series/record.ts';
import { replaceSeries } from '../series/replace-series.ts';
import { trackedSeries } from '../series/tracked.ts';
import type { ToTrack } from './reconcile.ts';

interface Deps {
  readonly history: Pick<HistoryStore, 'series' | 'putSeries'>;
  readonly log: Log;
}

interface Named {
  readonly pages: readonly PageSpec[];
  readonly series: readonly SeriesConfig[];
  readonly now: string;
  /** Ids of the pages that commands added. */
  readonly added: ReadonlySet<string>;
}

/**
 * What is to be tracked: what the configuration names, and the series that commands added. A series whose id or pattern
 * the configuration names by now is removed, and the log says so, as it does of a series that lost its hub: it finds no
 * new members. One that cannot be read stops nothing else.
 */
export async function withAddedSeries(
  { history, log }: Deps,
  { pages, series, now, added: addedPages }: Named,
): Promise<ToTrack> {
  const stored = await history.series();
  if (stored.length === 0) return { pages, series, now };
  const added = trackedSeries(stored, { series, pages: new Set(pages.map((page) => page.id)) });
  for (const one of added.unreadable) {
    log.warn('the record of an added series cannot be read', { series: one.id, sentence: unreadableSentence(one) });
  }
  const ids = new Set([...pages.map((page) => page.id), ...addedPages]);
  for (const { id, hub } of added.series) {
    if (hub === undefined || ids.has(hub)) continue;
    const sentence = `page ${hub}, on which the members of added series ${id} are found, is no longer tracked`;
    log.warn('an added series has lost its hub', { sentence });
  }
  for (const { record, by } of added.replaced) {
    if (!(await replaceSeries(history, { ...record, removed: true, paused: false }, record))) continue;
    const sentence = `added series ${record.series.id} of ${record.series.pattern} is now ${by}`;
    log.warn('another series replaces an added one', { sentence });
  }
  return {
    pages: withMembers(pages, added.series, new Date(now)),
    series: [...series, ...added.series],
    paused: added.paused,
    unreadable: new Set(added.unreadable.map((one) => one.id)),
    now,
  };
}
