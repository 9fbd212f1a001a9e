import { canonicalJson } from '#core/history/canonical.ts';
import { escapeJson } from '#core/text/hostile.ts';
import { findCapture } from '../objects/captures.ts';
import { loadDocument } from '../objects/documents.ts';
import { type ExportDeps, isWithin, type Period, revisionsUntil } from './period.ts';

/**
 * One JSON object a line; `type` names its kind: `page`; then for each revision of the period its `capture`, the
 * `revision`, and its `change`s in order. The first revision and the last also bring their `paragraph`s, so that the
 * changes have something to be applied to and the result something to be held against. Lines, because a history has
 * no bound and one object would have to be held whole.
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
}

function line(type: string, value: object): string {
  return `${escapeJson(canonicalJson({ type, ...value }))}\n`;
}
