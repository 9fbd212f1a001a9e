import type { Head, PageSpec, RevisionRecord } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import { findCapture, loadBody } from '../objects/captures.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { nextRevision, readCapture } from './read-capture.ts';
import type { RecallStore } from './recall.ts';
import { refreshSummary } from './refresh-summary.ts';
import { appendRevision, loadRevision } from './revision-store.ts';

export interface ReparseDeps {
  readonly history: RecallStore &
    Pick<HistoryStore, 'head' | 'health' | 'check' | 'checks' | 'putCheck' | 'append' | 'flipHead'>;
  readonly objects: ObjectStore;
  /** The parser's version now. */
  readonly parser: string;
}

export interface Reparsed {
  readonly pageId: string;
  /** `current`: this parser has read it already; `same`: the new parser reads the same; `never-seen`: there is nothing to read. */
  readonly outcome: 'current' | 'same' | 'technical' | 'never-seen';
  readonly revision: number | null;
  readonly changes: number;
}

/**
 * After a parser upgrade the newest accepted capture of each page is read again. Differences between the parsers become
 * a technical revision, which sends no alert, so that the next capture shows only real changes of the page. A head names
 * its parser: after a crash only the pages that are left are read.
 */
export async function* reparse(deps: ReparseDeps, pages: readonly PageSpec[]): AsyncGenerator<Reparsed> {
  for (const page of pages) {
    const head = await deps.history.head(page.id);
    const at = { pageId: page.id, revision: head?.revision ?? null, changes: 0 };
    if (head === null) yield { ...at, outcome: 'never-seen' };
    else if (head.parser === deps.parser) {
      // A crash may have come between the head and the summary.
      await refreshSummary(deps.history, page.id);
      yield { ...at, outcome: 'current' };
    } else {
      const made = await reparseHead(deps, head, page);
      await refreshSummary(deps.history, page.id);
      if (made === null) yield { ...at, outcome: 'same' };
      else yield { pageId: page.id, outcome: 'technical', revision: made.number, changes: made.changes };
    }
  }
}

/** Reads the head's capture again. Returns the technical revision, or null where the new parser reads the same. */
export async function reparseHead(
  deps: Pick<ReparseDeps, 'objects' | 'parser'> & {
    readonly history: RecallStore & Pick<HistoryStore, 'append' | 'flipHead'>;
  },
  head: Head,
  page: PageSpec,
): Promise<RevisionRecord | null> {
  const capture = await findCapture(deps.objects, page.id, head.captureId);
  if (capture === null) throw new StoredDataError(`Capture ${head.captureId} of ${page.id} is missing`);
  const read = readCapture(capture, await loadBody(deps.objects, capture));
  const options = { parser: deps.parser, technical: true, confirmed: false };
  const next = await nextRevision(page, await loadRevision(deps, head), read, options);
  if (next !== null) await appendRevision(deps, next);
  await deps.history.flipHead(next?.head ?? { ...head, parser: deps.parser }, head);
  return next?.revision ?? null;
}
