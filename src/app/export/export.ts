import { BYTE_ORDER_MARK } from '#core/evidence/csv.ts';
import { exportJson } from './json.ts';
import { exportCsv } from './paragraphs-csv.ts';
import { exportMarkdown } from './paragraphs-markdown.ts';
import { type ExportDeps, type Period, periodBetween } from './period.ts';
import { exportWarc } from './warc.ts';

export { type ExportDeps, type Period, periodBetween } from './period.ts';

export const EXPORT_FORMATS = ['warc', 'json', 'csv', 'md'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * The stored history of pages within a period of observed time, piece by piece: captures as WARC, everything as JSON
 * lines, the present and removed paragraphs as CSV or Markdown. The same history gives the same bytes.
 * @param between days, months, years or instants, as `periodBetween` takes them.
 * @throws UsageError for an invalid period. StoredDataError when an exported object is missing or damaged.
 */
export async function* exportPages(
  deps: ExportDeps,
  pageIds: readonly string[],
  format: ExportFormat,
  between: Period,
): AsyncGenerator<string | Uint8Array> {
  const period = periodBetween(between.from, between.to);
  if (format === 'csv') yield BYTE_ORDER_MARK;
  for (const [index, pageId] of pageIds.entries()) {
    const isFirst = index === 0;
    if (format === 'warc') yield* exportWarc(deps, pageId, period);
    else if (format === 'json') yield* exportJson(deps, pageId, period);
    else if (format === 'csv') yield* exportCsv(deps, pageId, period, isFirst);
    else yield* exportMarkdown(deps, pageId, period, isFirst);
  }
}
