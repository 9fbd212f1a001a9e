import { csvLine } from '#core/evidence/csv.ts';
import { markdownCode, markdownText } from '#core/evidence/markdown.ts';
import type { Life, Presence } from '#core/history/life.ts';
import type { Head, RevisionRecord } from '#core/history/types.ts';
import { loadDocument } from '../objects/documents.ts';
import { livesOf, type ParagraphRecord } from './lives.ts';
import { type ExportDeps, type Period, revisionsUntil } from './period.ts';

interface PageText {
  readonly head: Head;
  readonly last: RevisionRecord;
  /** The paragraphs of the last revision, in its order. */
  readonly present: readonly Row[];
  /** Those removed within the period, newest removal first. */
  readonly removed: readonly Row[];
}

interface Row extends ParagraphRecord {
  /** The revision that gave the paragraph its last words, date and kind: its capture proves them. */
  readonly changed: RevisionRecord;
  /** Its place in the last revision, or the one that it had last. */
  readonly at: number;
  /** Of a heading. */
  readonly level: number;
}

/** The paragraphs of a page at the end of a period, and those removed within it. Null when it was not seen by then. */
async function textOf(deps: ExportDeps, pageId: string, period: Period): Promise<PageText | null> {
  const { head, revisions } = await revisionsUntil(deps, pageId, period);
  const last = revisions.at(-1);
  if (head === null || last === undefined) return null;
  const byNumber = new Map(revisions.map((revision) => [revision.number, revision]));
  const { paragraphs } = await loadDocument(deps.objects, last);
  const places = new Map(paragraphs.map(({ id, level }, at) => [id, { at, level }]));
  const present: Row[] = [];
  const removed: Row[] = [];
  for await (const { life, state } of livesOf(deps.history, head, period)) {
    const changed = byNumber.get(life.lastChanged.revision);
    if (changed === undefined) continue;
    const { at = state.at, level = 2 } = places.get(state.paragraphId) ?? {};
    const row = { life, state, changed, at, level };
    if (state.present) present.push(row);
    else if (period.from === null || state.observedAt >= period.from) removed.push(row);
  }
  present.sort((a, b) => a.at - b.at);
  removed.sort((a, b) => b.state.revision - a.state.revision || a.at - b.at);
  deps.progress?.(pageId, revisions.length, revisions.length);
  return { head, last, present, removed };
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
  yield `- As of ${revisionLink(pageId, last)}, seen ${last.observedAt}\n`;
  yield `- Revision ${markdownCode(last.id)}\n- Capture ${markdownCode(last.captureId)}, SHA-256 ${markdownCode(last.sha256)}\n`;
  let day: string | null | undefined;
  for (const { life, state, changed, level } of present) {
    const { kind, text, date } = state;
    if (kind === 'heading') {
      yield `\n${'#'.repeat(Math.min(6, Math.max(2, level)))} ${markdownText(text)}\n`;
      day = undefined;
    } else {
      if (date !== day) yield `\n**${date ?? 'No date'}**\n\n`;
      day = date;
      yield `- ${markdownText(text)} *(${presences(life)}; in this form since ${dayOf(changed)}, ${revisionLink(pageId, changed, state.paragraphId)})*\n`;
    }
  }
  if (removed.length === 0) return;
  yield '\n## Removed\n\n';
  for (const { life, state, changed } of removed) {
    yield `- **${state.date ?? 'No date'}** ${markdownText(state.text)} *(${presences(life)}; in this form since ${dayOf(changed)}, ${revisionLink(pageId, changed, state.paragraphId)}; removed in ${revisionLink(pageId, { number: state.revision, id: state.revisionId })}; capture ${changed.captureId})*\n`;
  }
}

/**
 * A revision by its number, for people, and by its permanent address below that of the reader. Ids of pages, revisions and
 * paragraphs have no character that Markdown or an address needs escaped.
 */
function revisionLink(
  pageId: string,
  { number, id }: Pick<RevisionRecord, 'number' | 'id'>,
  paragraph?: string,
): string {
  const place = paragraph === undefined ? '' : `#p-${paragraph}`;
  return `[revision ${number} (${id.slice(0, SHORT_ID)})](/pages/${pageId}/revisions/${id}${place})`;
}

/** Digits of an id that people see, as in the listings of the command line. */
const SHORT_ID = 12;

/** "present 2022-01-11 to 2022-01-27, and since 2022-02-20" */
function presences({ present }: Life): string {
  const spans = present.map(({ from, to }) =>
    to === null ? `since ${dayOf(from)}` : `${dayOf(from)} to ${dayOf(to)}`,
  );
  return `present ${spans.join(', and ')}`;
}

const dayOf = ({ observedAt }: { readonly observedAt: string }) => observedAt.slice(0, 10);
