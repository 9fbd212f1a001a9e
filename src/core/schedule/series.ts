import type { DaybookConfig, SeriesConfig } from '../config.ts';
import { addMonths, formatMonth } from '../dates/calendar.ts';
import type { PageSpec } from '../history/types.ts';
import { canonicalAddress, isDaily, type Member, memberPage } from './pattern.ts';

const DAY = 86_400_000;

/** So many days before a month begins, its page is looked for. */
export const PROBE_DAYS = 5;

/**
 * The months of a series that are looked for at `now`: from its first on, up to the present one and, in its last
 * days, the next. A series whose pattern names days has none: its members are found on its hub.
 */
export function seriesMembers(series: Pick<SeriesConfig, 'from' | 'until' | 'pattern'>, now: Date): Member[] {
  if (isDaily(series)) return [];
  const ahead = new Date(now.getTime() + PROBE_DAYS * DAY).toISOString().slice(0, 7);
  const last = series.until !== undefined && series.until < ahead ? series.until : ahead;
  const members: Member[] = [];
  let [year = 0, month = 0] = series.from.split('-').map(Number);
  for (; formatMonth(year, month) <= last; { year, month } = addMonths(year, month, 1)) {
    members.push({ year, month, day: null });
  }
  return members;
}

/** Every page that the configuration names at `now`: the pages, then each series member by member. */
export function configuredPages(config: Pick<DaybookConfig, 'pages' | 'series'>, now: Date): PageSpec[] {
  const pages = config.pages.map(
    (page): PageSpec => ({ id: page.id, url: page.url, name: page.name ?? null, rolling: page.rolling, series: null }),
  );
  return withMembers(pages, config.series, now);
}

/** The pages, then the members of the series at `now`. What comes first has its id and its address alone: no page is asked for twice. */
export function withMembers(pages: readonly PageSpec[], series: readonly SeriesConfig[], now: Date): PageSpec[] {
  const byId = new Map(pages.map((page) => [page.id, page]));
  const addresses = new Set(pages.map((page) => canonicalAddress(page.url)));
  for (const one of series) {
    for (const member of seriesMembers(one, now)) {
      const page = memberPage(one, member);
      const address = canonicalAddress(page.url);
      if (byId.has(page.id) || addresses.has(address)) continue;
      byId.set(page.id, page);
      addresses.add(address);
    }
  }
  return [...byId.values()];
}
