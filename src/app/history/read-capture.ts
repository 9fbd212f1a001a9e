import type { DatedBlock } from '#core/dates/types.ts';
import { PageError } from '#core/errors.ts';
import { judgeResponse } from '#core/health/judge.ts';
import { keptShare } from '#core/health/kept.ts';
import type { Verdict } from '#core/health/types.ts';
import { type Advance, type AdvanceOptions, advance, type Baseline } from '#core/history/advance.ts';
import { keysToRecall } from '#core/history/past.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import { type OpenedPage, openPage } from '#core/page/open-page.ts';
import { type Reading, readArticle } from '#core/reading.ts';
import { READ_ALL, type TextReader } from './remembered.ts';
import type { LoadedRevision } from './revision-store.ts';

/** A capture, its page opened once, and its article, or the error that gives the reason without one. */
export type CaptureReading = { readonly capture: Capture; readonly body: Uint8Array; readonly page: OpenedPage } & (
  | { readonly reading: Reading; readonly error: null; readonly fingerprint: string }
  | { readonly reading: null; readonly error: PageError; readonly fingerprint: null }
);

/** A page that cannot be read is an answer about the page. Any other failure is thrown on. */
export function readCapture(
  capture: Capture,
  body: Uint8Array,
  { dated, fingerprint }: TextReader = READ_ALL,
): CaptureReading {
  const { headers, url, fetchedAt } = capture;
  const page = openPage(body, { contentType: headers['content-type'] ?? null, url });
  const { article } = page;
  if (article instanceof PageError) return { capture, body, page, reading: null, error: article, fingerprint: null };
  const reading = readArticle(article, { url, observedAt: fetchedAt }, dated);
  return { capture, body, page, reading, error: null, fingerprint: fingerprint(reading.dated.blocks) };
}

/** Judges a capture by itself and in comparison with the page's last revision (null: it has none). */
export function judgeCapture(page: PageSpec, baseline: LoadedRevision | null, read: CaptureReading): Verdict {
  const { capture } = read;
  const before = baseline?.head ?? null;
  return judgeResponse({
    status: capture.status,
    headers: capture.headers,
    url: capture.url,
    finalUrl: capture.finalUrl,
    page: read.page,
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
export async function nextRevision(
  page: PageSpec,
  baseline: LoadedRevision | null,
  { capture, reading, fingerprint }: CaptureReading,
  options: AdvanceOptions,
): Promise<Advance | null> {
  if (reading === null) return null;
  const { article, dated } = reading;
  const { title, charset, lastModified } = article;
  const { period, blocks } = dated;
  const before = baseline === null ? null : await withPast(baseline, blocks, fingerprint);
  return advance(before, { page, capture, title, period, charset, lastModified, blocks }, options);
}

/** The baseline with what it must know of the page's past to be compared with these blocks. */
export async function withPast(
  { head, document, fingerprint: last, recall }: LoadedRevision,
  blocks: readonly DatedBlock[],
  fingerprint: string,
): Promise<Baseline> {
  const [recalled, sameText] = await Promise.all([
    recall.texts(keysToRecall(document.paragraphs, blocks)),
    fingerprint === last ? null : recall.sameText(fingerprint),
  ]);
  return { head, document, recalled, sameText };
}
