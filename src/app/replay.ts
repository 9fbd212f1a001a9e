import { DEFAULT_RULES, decide } from '#core/alerts/rules.ts';
import type { Change } from '#core/diff/types.ts';
import { captureId } from '#core/history/revision.ts';
import type { PageSpec } from '#core/history/types.ts';
import { storeCapture } from './captures.ts';
import type { IngestDeps, IngestResult } from './ingest.ts';
import { ingestCapture } from './ingest-capture.ts';

/** Bytes that were fetched before, with what is known of their fetching. */
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
  const meta = { ...old, pageId: page.id, finalUrl: old.url };
  const capture = await storeCapture(deps.objects, captureId(old.fetchedAt), meta, body);
  return ingestCapture(deps, page, capture);
}

/** Whether the default rules would tell people of a result. */
export function wouldAlert(result: IngestResult): boolean {
  if (result.event !== null) return true;
  return result.revision !== null && decide(result.revision, result.changes, DEFAULT_RULES).tell.length > 0;
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
