import { csvLine } from '#core/evidence/csv.ts';
import { markdownCode, markdownText } from '#core/evidence/markdown.ts';
import { ParagraphHistory, type ParagraphSpan } from '#core/evidence/paragraph-history.ts';
import type { Head, RevisionRecord } from '#core/history/types.ts';
import { loadDocument } from '../objects/documents.ts';
import { type ExportDeps, type Period, revisionsUntil } from './period.ts';

interface PageText {
  readonly head: Head;
  readonly last: RevisionRecord;
  readonly present: readonly ParagraphSpan[];
  readonly removed: readonly ParagraphSpan[];
}

/** The paragraphs of a page at the end of a period, and those removed within it. Null when it was not seen by then. */
async function textOf(deps: ExportDeps, pageId: string, period: Period): Promise<PageText | null> {
  const { head, revisions } = await revisionsUntil(deps, pageId, period);
  const last = revisions.at(-1);
  if (head === null || last === undefined) return null;
  const history = new ParagraphHistory();
  for (const [index, revision] of revisions.entries()) {
    history.add(revision, await loadDocument(deps.objects, revision));
    deps.progress?.(pageId, index + 1, revisions.length);
  }
  return { head, last, ...history.spans(period.from) };
}

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
  'last_changed',
  'changed_revision',
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
  for (const { paragraph, first, changed, removed: end } of [...present, ...removed]) {
    yield csvLine([
      pageId,
      head.url,
      paragraph.date,
      paragraph.dateBasis,
      end === null ? 'present' : 'removed',
      paragraph.kind,
      paragraph.text,
      first.observedAt,
      first.number,
      changed.observedAt,
      changed.number,
      end?.observedAt ?? null,
      end?.number ?? null,
      changed.captureId,
      changed.sha256,
      paragraph.id,
    ]);
  }
}

/** A document for people: paragraphs by event date in the order of the page, then those removed, with proofs. */
export async function* exportMarkdown(
  deps: ExportDeps,
  pageId: string,
  period: Period,
  isFirst: boolean,
): AsyncGenerator<string> {
  const page = await textOf(deps, pageId, period);
  if (page === null) return;
  const { head, last, present, removed } = page;
  if (!isFirst) yield '\n';
  yield `# ${markdownText(last.title ?? pageId)}\n\n`;
  yield `- Page: ${markdownCode(head.url)}\n`;
  yield `- As of revision ${last.number}, seen ${last.observedAt}\n`;
  yield `- Revision ${markdownCode(last.id)}\n- Capture ${markdownCode(last.captureId)}, SHA-256 ${markdownCode(last.sha256)}\n`;
  let day: string | null | undefined;
  for (const { paragraph, changed } of present) {
    const { kind, text, date, level = 2 } = paragraph;
    if (kind === 'heading') {
      yield `\n${'#'.repeat(Math.min(6, Math.max(2, level)))} ${markdownText(text)}\n`;
      day = undefined;
    } else {
      if (date !== day) yield `\n**${date ?? 'No date'}**\n\n`;
      day = date;
      yield `- ${markdownText(text)} *(seen ${changed.observedAt.slice(0, 10)}, revision ${changed.number})*\n`;
    }
  }
  if (removed.length === 0) return;
  yield '\n## Removed\n\n';
  for (const { paragraph, changed, removed: end } of removed) {
    yield `- **${paragraph.date ?? 'No date'}** ${markdownText(paragraph.text)} *(since ${changed.observedAt.slice(0, 10)}, revision ${changed.number}; removed ${end?.observedAt.slice(0, 10)}, revision ${end?.number}; capture ${changed.captureId})*\n`;
  }
}
