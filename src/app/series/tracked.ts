import type { SeriesConfig } from '#core/config.ts';
import { canonicalPattern } from '#core/schedule/pattern.ts';
import type { AddedSeries, StoredSeries, UnreadableSeries } from './record.ts';

/** The added series at one moment, next to those of the configuration. */
export interface TrackedSeries {
  /** Neither removed nor replaced, by id; paused ones too. */
  readonly series: readonly SeriesConfig[];
  /** Ids of the paused ones. */
  readonly paused: ReadonlySet<string>;
  /** Another series has their id or their pattern: nobody removed them yet. */
  readonly replaced: readonly { readonly record: AddedSeries; readonly by: string }[];
  readonly unreadable: readonly UnreadableSeries[];
}

interface Configured {
  readonly series: readonly SeriesConfig[];
  /** Ids of its pages. */
  readonly pages: ReadonlySet<string>;
}

/** Says what has the id or the pattern of a series. Null: nothing has. */
export class SeriesNames {
  readonly #ids = new Map<string, string>();
  readonly #patterns = new Map<string, string>();

  constructor(private readonly configured: Configured) {
    for (const series of configured.series) this.take(series, `series "${series.id}" of the configuration`);
  }

  take({ id, pattern }: SeriesConfig, name: string): void {
    this.#ids.set(id, name);
    this.#patterns.set(canonicalPattern(pattern), name);
  }

  ownerOfId(id: string): string | null {
    return this.#ids.get(id) ?? (this.configured.pages.has(id) ? `page "${id}" of the configuration` : null);
  }

  ownerOfPattern(pattern: string): string | null {
    return this.#patterns.get(canonicalPattern(pattern)) ?? null;
  }
}

/**
 * Which of the stored series are tracked. The configuration has the first word about an id and a pattern, then the
 * series with the smaller id: two commands may have added one pattern at the same time.
 */
export function trackedSeries(stored: readonly StoredSeries[], configured: Configured): TrackedSeries {
  const names = new SeriesNames(configured);
  const series: SeriesConfig[] = [];
  const paused = new Set<string>();
  const replaced: { record: AddedSeries; by: string }[] = [];
  const unreadable: UnreadableSeries[] = [];
  for (const one of stored) {
    if (one.record === null) {
      unreadable.push(one);
      continue;
    }
    const { record } = one;
    if (record.removed) continue;
    const by = names.ownerOfId(one.id) ?? names.ownerOfPattern(record.series.pattern);
    if (by !== null) {
      replaced.push({ record, by });
      continue;
    }
    names.take(record.series, `added series "${one.id}"`);
    series.push(record.series);
    if (record.paused) paused.add(one.id);
  }
  return { series, paused, replaced, unreadable };
}
