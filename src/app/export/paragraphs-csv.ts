import { csvLine } from '#core/evidence/csv.ts';
import type { Presence } from '#core/history/life.ts';
import { textOf } from './page-text.ts';
import type { ExportDeps, Period } from './period.ts';

const COLUMNS = [
  'page',
  'url',
  'event_date',
  'date_basis',
  'status',
  'kind',
  'text',
  'first_seen',
  'first_revision',
  'present',
  'last_changed',
  'changed_revision',
  'changed_revision_id',
  'removed_at',
  'removed_revision',
  'capture',
  'capture_sha256',
  'paragraph',
] as const;

/** One row for each paragraph: those present, in the order of the page, then those removed. The capture is that of its last change. */
export async function* exportCsv(
  deps: ExportDeps,
  pageId: string,
  period: Period,
  isFirst: boolean,
): AsyncGenerator<string> {
  if (isFirst) yield csvLine(COLUMNS);
  const page = await textOf(deps, pageId, period);
  if (page === null) return;
  const { head, present, removed } = page;
  for (const { life, state, changed } of [...present, ...removed]) {
    yield csvLine([
      pageId,
      head.url,
      state.date,
      state.dateBasis,
      state.present ? 'present' : 'removed',
      state.kind,
      state.text,
      life.firstSeen.observedAt,
      life.firstSeen.revision,
      life.present.map(interval).join(' '),
      changed.observedAt,
      changed.number,
      changed.id,
      state.present ? null : state.observedAt,
      state.present ? null : state.revision,
      changed.captureId,
      changed.sha256,
      state.paragraphId,
    ]);
  }
}

/** ISO 8601: `start/end`, with `..` for an end that has not come. */
const interval = ({ from, to }: Presence) => `${from.observedAt}/${to?.observedAt ?? '..'}`;
