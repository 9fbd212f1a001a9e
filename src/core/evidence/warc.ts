import { gzipSync } from 'node:zlib';
import { canonicalJson, sha256 } from '../history/canonical.ts';
import type { Capture, PageSpec, RevisionRecord } from '../history/types.ts';
import { oneLine } from '../text/hostile.ts';

/**
 * WARC/1.1 (ISO 28500:2017), a gzip member a record. Nothing in it depends on when or where it is written: the same
 * captures give the same bytes.
 */
type Fields = readonly (readonly [name: string, value: string])[];

/**
 * What became of a capture, as its metadata record tells it. `unjudged`: it is stored and no more (an import or a worker
 * that ended early). `unknown`: whether it was judged cannot be told while an import of older captures is unfinished.
 */
export type CaptureOutcome =
  | { readonly kind: 'revision'; readonly revision: RevisionRecord }
  | { readonly kind: 'quarantined'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'unchanged' | 'unjudged' | 'unknown' };

/** What judging a capture depends on beside its bytes and its record. */
export interface CaptureContext {
  /** The page as it is tracked. */
  readonly page: Pick<PageSpec, 'name' | 'rolling' | 'series'>;
  /** It looked wrong and was believed, because the page had stayed so. */
  readonly accepted: boolean;
}

/** Fields of a metadata record that bring the context back where the file is imported. */
export const PAGE_FIELD = 'daybook-page-record';
export const ACCEPTED_FIELD = 'daybook-accepted';

/** Headers that speak of the body as it travelled: it is kept with its codings undone, so they would be untrue of it. */
const TRAVEL: ReadonlySet<string> = new Set(['content-encoding', 'transfer-encoding', 'content-length']);
/** Begins the names under which those are kept as they were received, as web archives do. */
export const ORIGINAL = 'x-archive-orig-';

/** Reason phrases: what the server's own said is not kept, and a status line without one trips readers. */
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

/** The record that begins a file. */
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

/** What Daybook knows of the capture: its own record, and what was made of it. */
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
  fields.push(['daybook-capture', canonicalJson(capture)]);
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
  // What a server sent must not become a field of its own.
  const head = `WARC/1.1\r\n${all.map(([name, value]) => `${name}: ${oneLine(value).trim()}\r\n`).join('')}\r\n`;
  return gzipSync(Buffer.concat([Buffer.from(head), block, Buffer.from('\r\n\r\n')]), { level: 6 });
}
