import { canonicalJson } from '#core/history/canonical.ts';
import { escapeJson } from '#core/text/hostile.ts';
import { findCapture } from '../objects/captures.ts';
import { loadDocument } from '../objects/documents.ts';
import { livesOf } from './lives.ts';
import { type ExportDeps, isWithin, type Period, revisionsUntil } from './period.ts';

/**
 * One JSON object per line; `type` names its kind: `page`; then for each revision of the period its `capture`, the
 * `revision`, and its `change`s in order. The first revision and the last also have their `paragraph`s, so that
 * readers can apply the changes and check the result. At the end the `life` of each paragraph that the page ever had, up
 * to the end of the period. Lines, because a history has no bound and one object would not fit
 * into memory.
 */
export async function* exportJson(deps: ExportDeps, pageId: string, period: Period): AsyncGenerator<string> {
  const { head, revisions } = await revisionsUntil(deps, pageId, period);
  if (head === null) return;
  const wanted = revisions.filter((revision) => isWithin(revision.observedAt, period));
  const { url, name, firstObservedAt, lineage: _, ...rest } = head;
  yield line('page', { ...rest, url, name, firstObservedAt });
  for (const [index, revision] of wanted.entries()) {
    const capture = await findCapture(deps.objects, pageId, revision.captureId);
    if (capture !== null) yield line('capture', capture);
    yield line('revision', revision);
    for (const change of await deps.history.changesOf(pageId, revision.number)) yield line('change', change);
    if (index === 0 || index === wanted.length - 1) {
      const { paragraphs } = await loadDocument(deps.objects, revision);
      for (const [at, paragraph] of paragraphs.entries()) {
        yield line('paragraph', { pageId, revision: revision.number, at, ...paragraph });
      }
    }
    deps.progress?.(pageId, index + 1, wanted.length);
  }
  for await (const { life } of livesOf(deps.history, head, period)) yield line('life', life);
}

function line(type: string, value: object): string {
  return `${escapeJson(canonicalJson({ type, ...value }))}\n`;
}
