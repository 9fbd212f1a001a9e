import { brotliDecompressSync } from 'node:zlib';
import { WARCParser, type WARCRecord } from 'warcio';
import { PageError } from '../errors.ts';
import { sha256 } from '../history/canonical.ts';
import type { Capture } from '../history/types.ts';
import { sealOf } from './seal.ts';
import { ACCEPTED_FIELD, CAPTURE_FIELD, type CaptureContext, ORIGINAL, PAGE_FIELD } from './warc.ts';
import { headersOf, isoOf, readRevisit, statusOf, type WarcRevisit } from './warc-revisit.ts';
import { soundWarc } from './warc-sound.ts';

/** An answer that another program fetched: the facts of a capture, with its body. */
export interface ForeignAnswer
  extends Pick<Capture, 'url' | 'finalUrl' | 'fetchedAt' | 'status' | 'headers' | 'rolling'> {
  readonly body: Uint8Array;
}

/** One answer from a WARC file; `rolling` comes from the sealed record. */
export interface WarcCapture extends ForeignAnswer {
  /** Its page and id in the Daybook that wrote the file; null in files of other programs. */
  readonly origin: { readonly pageId: string; readonly id: string } | null;
  /** The number of `warcinfo` records before it: one writer wrote all that follows one of them. */
  readonly part: number;
  /** Absent in files of other programs and of versions that did not write it. */
  readonly context?: CaptureContext;
}

/** A record that was left out, and why. */
export interface WarcSkipped {
  readonly skipped: string;
}

/** Largest body that is read, bytes. */
const BODY_LIMIT = 64 * 1024 * 1024;
const METADATA_LIMIT = 1024 * 1024;

/**
 * The HTTP answers of a WARC file, gzip or plain, in the order of the file, one at a time: codings undone, headers in
 * lower case. Records other than answers of a web server are skipped; broken or too large ones are reported.
 * @param onRevisit takes the records whose bytes are elsewhere; without it they are reported as left out.
 * @throws PageError (`bad-warc`) when the file is damaged or ends early, after the records before the damage.
 */
export async function* readWarc(
  source: AsyncIterable<Uint8Array>,
  onRevisit?: (revisit: WarcRevisit) => void,
): AsyncGenerator<WarcCapture | WarcSkipped> {
  // The next record may be its metadata, so it is yielded one record late.
  let held: { readonly id: string; readonly capture: WarcCapture } | null = null;
  let part = 0;
  try {
    for await (const record of new WARCParser(soundWarc(source))) {
      if (held !== null && isMetadataOf(record, held.id)) {
        yield restored(held.capture, await text(record));
        held = null;
        continue;
      }
      if (held !== null) yield held.capture;
      held = null;
      if (record.warcType === 'warcinfo') part += 1;
      if (!/^https?:/i.test(record.warcTargetURI ?? '')) continue;
      if (record.warcType === 'revisit') {
        const revisit = readRevisit(record);
        if (revisit !== null && onRevisit !== undefined) onRevisit(revisit);
        else yield { skipped: `${record.warcTargetURI} at ${record.warcDate}: its bytes are in another record` };
        continue;
      }
      if (record.warcType !== 'response') continue;
      const read = await readResponse(record, part);
      if ('skipped' in read) yield read;
      else held = { id: record.warcHeader('WARC-Record-ID') ?? '', capture: read };
    }
  } catch (cause) {
    if (cause instanceof PageError) throw cause;
    throw new PageError('the file is not a readable WARC file', { code: 'bad-warc', cause });
  }
  if (held !== null) yield held.capture;
}

async function readResponse(record: WARCRecord, part: number): Promise<WarcCapture | WarcSkipped> {
  const url = record.warcTargetURI ?? '';
  const at = record.warcDate ?? '';
  const fetchedAt = isoOf(at);
  const status = statusOf(record);
  if (fetchedAt === null) return { skipped: `${url}: "${at}" is not a time` };
  if (status === null) return { skipped: `${url} at ${at}: it has no HTTP status` };
  const headers = headersOf(record);
  // The parser knows gzip and deflate; brotli is undone here.
  const isBrotli = headers['content-encoding']?.trim().toLowerCase() === 'br';
  if (isBrotli) record.httpHeaders?.headers.delete('content-encoding');
  let body: Uint8Array | null;
  try {
    body = await bounded(record, BODY_LIMIT);
    if (isBrotli && body !== null) body = unbrotli(body);
  } catch (error) {
    if (error instanceof PageError) throw error;
    return { skipped: `${url} at ${at}: its body cannot be decoded` };
  }
  if (body === null) return { skipped: `${url} at ${at}: its body has more than ${BODY_LIMIT} bytes` };
  return {
    url,
    finalUrl: url,
    fetchedAt,
    status,
    headers: originals(headers),
    body,
    origin: null,
    part,
  };
}

/** Some archives store the decoded body with the header of the coded one. */
function unbrotli(body: Uint8Array): Uint8Array {
  try {
    return brotliDecompressSync(body, { maxOutputLength: BODY_LIMIT });
  } catch {
    return body;
  }
}

/** Headers as received: those that an archive renamed get their names back. */
function originals(headers: Readonly<Record<string, string>>): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (!name.startsWith(ORIGINAL)) own[name] = value;
  const renamed = Object.entries(headers).filter(([name]) => name.startsWith(ORIGINAL));
  if (renamed.length > 0) delete own['content-length'];
  for (const [name, value] of renamed) own[name.slice(ORIGINAL.length)] = value;
  return own;
}

function isMetadataOf(record: WARCRecord, id: string): boolean {
  return record.warcType === 'metadata' && id !== '' && record.warcHeader('WARC-Refers-To') === id;
}

/** The capture from its sealed record, where the file has one and the body matches its SHA-256. */
function restored(capture: WarcCapture, metadata: string | null): WarcCapture {
  const record = metadata === null ? undefined : fieldOf(metadata, CAPTURE_FIELD);
  if (metadata === null || record === undefined) return capture;
  try {
    const sealed = JSON.parse(record) as Capture;
    if (sealOf(sealed) !== sealed.seal || sealed.sha256 !== sha256(capture.body)) return capture;
    const { url, finalUrl, fetchedAt, status, headers, pageId, id, rolling } = sealed;
    const context = contextOf(metadata);
    return {
      ...capture,
      ...{ url, finalUrl, fetchedAt, status, headers, origin: { pageId, id } },
      ...(rolling === true ? { rolling } : {}),
      ...(context === null ? {} : { context }),
    };
  } catch {
    // Not written by Daybook: only the response counts.
    return capture;
  }
}

function contextOf(metadata: string): CaptureContext | null {
  const [page, accepted] = [fieldOf(metadata, PAGE_FIELD), fieldOf(metadata, ACCEPTED_FIELD)];
  if (page === undefined || accepted === undefined) return null;
  const { name, rolling, series } = JSON.parse(page) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { page: { name: text(name), rolling: rolling === true, series: text(series) }, accepted: accepted === 'yes' };
}

function fieldOf(metadata: string, name: string): string | undefined {
  const line = metadata.split('\r\n').find((field) => field.startsWith(`${name}: `));
  return line?.slice(name.length + 2);
}

async function text(record: WARCRecord): Promise<string | null> {
  const bytes = await bounded(record, METADATA_LIMIT);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** The content of a record, null when it has more than `limit` bytes. */
async function bounded(record: WARCRecord, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of record.contentReader) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
