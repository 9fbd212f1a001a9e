import type { DaybookConfig, SeriesConfig } from '../config.ts';
import type { PageSpec } from '../history/types.ts';

/** The page of one month (`YYYY-MM`) of a series. */
export function seriesPage(series: SeriesConfig, month: string): PageSpec {
  const [year = '', number = ''] = month.split('-');
  const url = series.pattern
    .replaceAll('{yyyy}', year)
    .replaceAll('{yy}', year.slice(2))
    .replaceAll('{MM}', number)
    .replaceAll('{M}', String(Number(number)));
  return { id: `${series.id}-${month}`, url, name: null, rolling: false, series: series.id };
}

/** The months of a series from its first to that of `now` (or its last), in order. */
export function seriesMonths(series: Pick<SeriesConfig, 'from' | 'until'>, now: Date): string[] {
  const present = now.toISOString().slice(0, 7);
  const last = series.until !== undefined && series.until < present ? series.until : present;
  const months: string[] = [];
  let [year = 0, month = 0] = series.from.split('-').map(Number);
  for (;;) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    if (name > last) return months;
    months.push(name);
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
}

/** Every page that the configuration names at `now`: the pages, then each series month by month. */
export function configuredPages(config: Pick<DaybookConfig, 'pages' | 'series'>, now: Date): PageSpec[] {
  const pages = config.pages.map(
    (page): PageSpec => ({ id: page.id, url: page.url, name: page.name ?? null, rolling: page.rolling, series: null }),
  );
  // A page that is named by itself wins over the same id made by a series.
  const byId = new Map(pages.map((page) => [page.id, page]));
  for (const series of config.series) {
    for (const month of seriesMonths(series, now)) {
      const page = seriesPage(series, month);
      if (!byId.has(page.id)) byId.set(page.id, page);
    }
  }
  return [...byId.values()];
}
