import { DaybookError } from '#core/errors.ts';
import { judgeResponse } from '#core/health/judge.ts';
import { keptShare } from '#core/health/kept.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import type { Verdict } from '#core/health/types.ts';
import type { Advance, Sighting } from '#core/history/advance.ts';
import type { Capture, Head, PageSpec, RevisionDocument } from '#core/history/types.ts';
import { type Reading, readPage } from '#core/reading.ts';
import { loadDocument, storeDocument } from '../objects/documents.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';

/** What a page is known to say: the last revision, with its text. */
export interface Known {
  readonly head: Head;
  readonly document: RevisionDocument;
}

/** A capture as it could be read, or why it could not. */
export type Read = { readonly reading: Reading } | { readonly error: DaybookError };

/** A page that cannot be read is an answer about the page; anything else that goes wrong is ours and is thrown on. */
export function tryRead(body: Uint8Array, capture: Capture): Read {
  try {
    const contentType = capture.headers['content-type'] ?? null;
    return { reading: readPage(body, { contentType, url: capture.url, observedAt: capture.fetchedAt }) };
  } catch (error) {
    if (error instanceof DaybookError) return { error };
    throw error;
  }
}

/** Whether a capture can be believed, after what the page said before. */
export function judge(page: PageSpec, before: Known | null, capture: Capture, body: Uint8Array, read: Read): Verdict {
  // Headings stay when everything under them is replaced: that they are still there says nothing.
  const old = before?.document.paragraphs.filter(({ kind }) => kind !== 'heading').map(({ text }) => text) ?? [];
  return judgeResponse({
    status: capture.status,
    headers: capture.headers,
    url: capture.url,
    finalUrl: capture.finalUrl,
    body,
    article: 'reading' in read ? read.reading.article : read.error,
    previous: before === null ? null : { textLength: before.head.textLength, paragraphs: before.head.paragraphs },
    rolling: page.rolling,
    kept:
      before !== null && 'reading' in read
        ? keptShare(
            old,
            read.reading.article.blocks.map((block) => block.text),
          )
        : null,
  });
}

/** What is kept of a capture that was not believed. */
export function quarantineRecord(capture: Capture, verdict: Verdict & { readonly verdict: 'bad' }): QuarantineRecord {
  const { pageId, id, fetchedAt, sha256, status } = capture;
  return { pageId, captureId: id, fetchedAt, sha256, status, reason: verdict.reason, detail: verdict.detail };
}

export function sighting(page: PageSpec, capture: Capture, { article, dated }: Reading): Sighting {
  return {
    page,
    capture,
    title: article.title,
    period: dated.period,
    charset: article.charset,
    lastModified: article.lastModified,
    blocks: dated.blocks,
  };
}

type Stores = { readonly history: Pick<HistoryStore, 'append' | 'flipHead'>; readonly objects: ObjectStore };

/** Writes what a revision is made of; nobody sees it before a head names it. */
export async function appendRevision(
  deps: Pick<Stores, 'objects'> & { history: Pick<HistoryStore, 'append'> },
  next: Advance,
): Promise<void> {
  await storeDocument(deps.objects, next.document, next.revision.document);
  await deps.history.append({ revision: next.revision, changes: next.changes, timeline: next.timeline });
}

/** Append, then flip. */
export async function commit(deps: Stores, next: Advance, expected: Head | null): Promise<void> {
  await appendRevision(deps, next);
  await deps.history.flipHead(next.head, expected);
}

export async function known(objects: ObjectStore, head: Head): Promise<Known> {
  const { pageId, revision: number, document: hash } = head;
  return { head, document: await loadDocument(objects, { pageId, number, document: hash }) };
}
