import { markdownCode, markdownText } from '#core/evidence/markdown.ts';
import type { Life } from '#core/history/life.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { textOf } from './page-text.ts';
import type { ExportDeps, Period } from './period.ts';

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
