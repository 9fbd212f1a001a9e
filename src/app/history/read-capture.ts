import { DaybookError } from '#core/errors.ts';
import { judgeResponse } from '#core/health/judge.ts';
import { keptShare } from '#core/health/kept.ts';
import type { Verdict } from '#core/health/types.ts';
import { type Advance, advance, fingerprintOf } from '#core/history/advance.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import { type Reading, readPage } from '#core/reading.ts';
import type { LoadedRevision } from './revision-store.ts';

/** A capture with what was read in it: the page, or the error that says why it cannot be read. */
export type CaptureReading = { readonly capture: Capture; readonly body: Uint8Array } & (
  | { readonly reading: Reading; readonly error: null; readonly fingerprint: string }
  | { readonly reading: null; readonly error: DaybookError; readonly fingerprint: null }
);

/** A page that cannot be read is an answer about the page. Any other failure is thrown on. */
export function readCapture(capture: Capture, body: Uint8Array): CaptureReading {
  try {
    const contentType = capture.headers['content-type'] ?? null;
    const reading = readPage(body, { contentType, url: capture.url, observedAt: capture.fetchedAt });
    return { capture, body, reading, error: null, fingerprint: fingerprintOf(reading.dated.blocks) };
  } catch (error) {
    if (error instanceof DaybookError) return { capture, body, reading: null, error, fingerprint: null };
    throw error;
  }
}

/** Whether a capture can be believed, by itself and compared with the page's last revision (null: it has none). */
export function judgeCapture(page: PageSpec, baseline: LoadedRevision | null, read: CaptureReading): Verdict {
  const { capture, body } = read;
  const before = baseline?.head ?? null;
  return judgeResponse({
    status: capture.status,
    headers: capture.headers,
    url: capture.url,
    finalUrl: capture.finalUrl,
    body,
    article: read.reading === null ? read.error : read.reading.article,
    previous: before === null ? null : { textLength: before.textLength, paragraphs: before.paragraphs },
    rolling: page.rolling,
    kept: baseline === null || read.reading === null ? null : keptOf(baseline, read.reading),
  });
}

/** Headings stay when everything under them is replaced: that they are still there proves nothing. */
function keptOf({ document }: LoadedRevision, { article }: Reading): number {
  const old = document.paragraphs.filter(({ kind }) => kind !== 'heading').map(({ text }) => text);
  return keptShare(
    old,
    article.blocks.map(({ text }) => text),
  );
}

/** The revision that a capture makes, or null when it brings nothing new or cannot be read. */
export function nextRevision(
  page: PageSpec,
  baseline: LoadedRevision | null,
  { capture, reading }: CaptureReading,
  options: { readonly parser: string; readonly technical: boolean; readonly confirmed: boolean },
): Advance | null {
  if (reading === null) return null;
  const { article, dated } = reading;
  const { title, charset, lastModified } = article;
  const { period, blocks } = dated;
  return advance(baseline, { page, capture, title, period, charset, lastModified, blocks }, options);
}
