import { gzipSync } from 'node:zlib';
import { canonicalJson, sha256 } from '../history/canonical.ts';
import type { Capture, PageSpec, RevisionRecord } from '../history/types.ts';
import { oneLine } from '../text/hostile.ts';

/**
 * WARC/1.1 (ISO 28500:2017), one gzip member for each record. The same captures give the same bytes, at any time and on
 * any machine.
 */
type Fields = readonly (readonly [name: string, value: string])[];

/**
 * The result of judging a capture, in its metadata record. `unjudged`: the capture was only stored (an import or a worker
 * ended early). `unknown`: an import of older captures is unfinished, so nobody can know whether it was judged.
 */
export type CaptureOutcome =
  | { readonly kind: 'revision'; readonly revision: RevisionRecord }
  | { readonly kind: 'quarantined'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'unchanged' | 'unjudged' | 'unknown' };

/** What else decides how a capture is judged, besides its bytes and record. */
export interface CaptureContext {
  /** The page as it is tracked. */
  readonly page: Pick<PageSpec, 'name' | 'rolling' | 'series'>;
  /** It looked wrong and was accepted, because later captures agreed with it. */
  readonly accepted: boolean;
}

/** Fields of a metadata record from which an import restores the capture and its context. */
export const CAPTURE_FIELD = 'daybook-capture';
export const PAGE_FIELD = 'daybook-page-record';
export const ACCEPTED_FIELD = 'daybook-accepted';

/** Headers of the transferred body. The body is kept decoded, so they would be wrong for it. */
const TRAVEL: ReadonlySet<string> = new Set(['content-encoding', 'transfer-encoding', 'content-length']);
/** Prefix under which web archives keep such headers as received. */
export const ORIGINAL = 'x-archive-orig-';

/** Standard reason phrases: the server's own is not kept, and some readers fail on a status line without one. */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  429: 'Too Many Requests',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The first record of a file. */
export function warcInfo(pageId: string, first: Capture, last: Capture, software: string): Uint8Array {
  const block = fieldsBlock([
    ['software', software],
    ['format', 'WARC File Format 1.1'],
    ['conformsTo', 'https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/'],
    ['isPartOf', pageId],
    ['description', `Captures of ${first.url} from ${first.fetchedAt} to ${last.fetchedAt}`],
  ]);
  const id = recordId(`warcinfo ${pageId} ${first.seal} ${last.seal}`);
  return record(
    [
      ['WARC-Type', 'warcinfo'],
      ['WARC-Record-ID', id],
      ['WARC-Date', last.fetchedAt],
      ['Content-Type', 'application/warc-fields'],
    ],
    block,
  );
}

/** The answer as it was received: status, headers, body. `WARC-Target-URI` is the address that gave it. */
export function warcResponse(capture: Capture, body: Uint8Array): Uint8Array {
  const head = [`HTTP/1.1 ${capture.status} ${REASONS[capture.status] ?? 'Unnamed'}`];
  for (const [name, value] of Object.entries(capture.headers)) {
    head.push(`${TRAVEL.has(name) ? `${ORIGINAL}${name}` : name}: ${oneLine(value).trim()}`);
  }
  head.push(`content-length: ${body.byteLength}`, '', '');
  const block = Buffer.concat([Buffer.from(head.join('\r\n')), body]);
  return record(
    [
      ['WARC-Type', 'response'],
      ['WARC-Record-ID', responseId(capture)],
      ['WARC-Date', capture.fetchedAt],
      ['WARC-Target-URI', capture.finalUrl],
      ['WARC-Payload-Digest', `sha256:${sha256(body)}`],
      ['Content-Type', 'application/http; msgtype=response'],
    ],
    block,
  );
}

/** Daybook's own record of the capture, and the result of judging it. */
export function warcMetadata(capture: Capture, outcome: CaptureOutcome, context?: CaptureContext): Uint8Array {
  const fields: [string, string][] = [
    ['daybook-page', capture.pageId],
    ['daybook-outcome', outcome.kind],
  ];
  if (outcome.kind === 'revision') {
    const { number, id, previous, document, parser } = outcome.revision;
    fields.push(
      ['daybook-revision', String(number)],
      ['daybook-revision-id', id],
      ['daybook-previous-revision-id', previous ?? '-'],
      ['daybook-document-sha256', document],
      ['daybook-parser', parser],
    );
  } else if (outcome.kind === 'quarantined') {
    fields.push(['daybook-reason', outcome.reason], ['daybook-detail', outcome.detail]);
  }
  fields.push([CAPTURE_FIELD, canonicalJson(capture)]);
  if (capture.url !== capture.finalUrl) fields.push(['via', capture.url]);
  if (context !== undefined) {
    const { name, rolling, series } = context.page;
    fields.push([PAGE_FIELD, canonicalJson({ name, rolling, series })]);
    fields.push([ACCEPTED_FIELD, context.accepted ? 'yes' : 'no']);
  }
  const block = fieldsBlock(fields);
  return record(
    [
      ['WARC-Type', 'metadata'],
      ['WARC-Record-ID', recordId(`metadata ${capture.seal} ${sha256(block)}`)],
      ['WARC-Date', capture.fetchedAt],
      ['WARC-Target-URI', capture.finalUrl],
      ['WARC-Concurrent-To', responseId(capture)],
      ['WARC-Refers-To', responseId(capture)],
      ['Content-Type', 'application/warc-fields'],
    ],
    block,
  );
}

const responseId = (capture: Capture) => recordId(`response ${capture.seal}`);

/** A URN that is the same for the same content: a UUID of version 8 (RFC 9562), made of a hash. */
function recordId(content: string): string {
  const hash = sha256(content);
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ];
  return `<urn:uuid:${parts.join('-')}>`;
}

function fieldsBlock(fields: Fields): Uint8Array {
  return Buffer.from(fields.map(([name, value]) => `${name}: ${oneLine(value).trim()}\r\n`).join(''));
}

function record(fields: Fields, block: Uint8Array): Uint8Array {
  const all: Fields = [
    ...fields,
    ['WARC-Block-Digest', `sha256:${sha256(block)}`],
    ['Content-Length', String(block.byteLength)],
  ];
  // A line break sent by a server must not begin a field of its own.
  const head = `WARC/1.1\r\n${all.map(([name, value]) => `${name}: ${oneLine(value).trim()}\r\n`).join('')}\r\n`;
  return gzipSync(Buffer.concat([Buffer.from(head), block, Buffer.from('\r\n\r\n')]), { level: 6 });
}
