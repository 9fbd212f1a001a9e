import { DEFAULT_RULES, decide } from '#core/alerts/rules.ts';
import type { Change } from '#core/diff/types.ts';
import { captureId } from '#core/history/revision.ts';
import type { PageSpec } from '#core/history/types.ts';
import { newestCapture } from '#core/schedule/check.ts';
import { StoredDataError } from './errors.ts';
import { ingestCapture } from './ingest/ingest-capture.ts';
import type { IngestDeps, IngestResult } from './ingest/types.ts';
import { storeCapture } from './objects/captures.ts';

/** Facts of an answer that was fetched before. */
export interface OldCapture {
  readonly url: string;
  readonly fetchedAt: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Takes an old capture through the real pipeline: stored, judged, compared, appended, flipped. */
export async function replayCapture(
  deps: IngestDeps,
  page: PageSpec,
  old: OldCapture,
  body: Uint8Array,
): Promise<IngestResult> {
  const check = await deps.history.check(page.id);
  const fetchedAt = after(old.fetchedAt, check?.lastCheckedAt ?? null);
  const previous = check === null ? null : newestCapture(check);
  const { url, status, headers } = old;
  const meta = { pageId: page.id, url, finalUrl: url, fetchedAt, status, headers };
  const capture = await storeCapture(deps.objects, captureId(fetchedAt), meta, body, previous);
  const result = await ingestCapture(deps, page, capture);
  if (result === null) throw new StoredDataError(`Capture ${capture.id} of ${page.id} was judged before`);
  return result;
}

/** Captures of one instant (archives count in seconds) are a millisecond apart each, in their order. */
function after(at: string, last: string | null): string {
  return last === null || at > last ? at : new Date(Date.parse(last) + 1).toISOString();
}

/** Whether a result would send an alert under the default rules. */
export function wouldAlert(result: IngestResult): boolean {
  if (result.event !== null) return true;
  return result.revision !== null && decide(result.revision, result.changes, DEFAULT_RULES).notify.length > 0;
}

/** A change as `replay --json` prints it: texts and their positions, without ids. */
export function plainChange(change: Change): Record<string, unknown> {
  const { kind, before, after, date, dateBefore, substance, words: _, late, moved, edited, redated } = change;
  return {
    kind,
    before: before.map((ref) => ref.text),
    after: after.map((ref) => ref.text),
    date,
    beforeAt: before.map((ref) => ref.at),
    afterAt: after.map((ref) => ref.at),
    ...(dateBefore === undefined ? {} : { dateBefore }),
    ...(substance === undefined ? {} : { substance }),
    ...(late === undefined ? {} : { late }),
    ...(moved === undefined ? {} : { moved }),
    ...(edited === undefined ? {} : { edited }),
    ...(redated === undefined ? {} : { redated }),
  };
}
