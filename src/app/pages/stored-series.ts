import type { CheckState } from '#core/schedule/check.ts';
import { StoredDataError } from '../errors.ts';
import { type AddedSeries, type StoredSeries, unreadableSentence } from '../series/record.ts';
import { type TrackedSeries, trackedSeries } from '../series/tracked.ts';
import type { EditDeps } from './types.ts';

/** The added series that an edit meets. */
export interface AllSeries {
  readonly stored: readonly StoredSeries[];
  /** Of all of them, removed and unreadable ones too. */
  readonly ids: ReadonlySet<string>;
  readonly tracked: TrackedSeries;
  /** Whether a page is retired, or will be with the next tick because its series was removed. */
  isGone(check: CheckState): boolean;
}

export async function storedSeries({ history, config }: Pick<EditDeps, 'history' | 'config'>): Promise<AllSeries> {
  const stored = await history.series();
  const pages = new Set(config.pages.map((page) => page.id));
  const tracked = trackedSeries(stored, { series: config.series, pages });
  const removed = new Set(stored.filter((one) => one.record?.removed === true).map((one) => one.id));
  return {
    stored,
    ids: new Set(stored.map((one) => one.id)),
    tracked,
    isGone: ({ page, retired }) => retired || (page.series !== null && removed.has(page.series)),
  };
}

/** @throws StoredDataError when the record cannot be read */
export function recordOf(one: StoredSeries): AddedSeries {
  if (one.record !== null) return one.record;
  throw new StoredDataError(unreadableSentence(one));
}
