import { parseContentType } from '../../net/content-type.ts';
import { cut } from '../../text/cut.ts';
import { oneLine } from '../../text/hostile.ts';
import { EmptyPageError, NotHtmlError, TooLargeError, UndecodableError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { Decoded } from '../types.ts';

/** First bytes of formats other than HTML. Sources: WHATWG MIME Sniffing, and the formats' specifications. */
const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'a PDF document'],
  [/^\x89PNG\r\n/, 'a PNG image'],
  [/^\xff\xd8\xff/, 'a JPEG image'],
  [/^GIF8[79]a/, 'a GIF image'],
  [/^RIFF[\s\S]{4}WEBP/, 'a WebP image'],
  [/^PK\x03\x04/, 'a ZIP archive or an Office document'],
  [/^\x1f\x8b/, 'gzip data that was not unpacked'],
  [/^\x28\xb5\x2f\xfd/, 'Zstandard data that was not unpacked'],
  [/^BZh\d/, 'bzip2 data'],
  [/^\x7fELF/, 'a program'],
  [/^\xd0\xcf\x11\xe0/, 'an old Office document'],
  [/^\{\\rtf/, 'an RTF document'],
  [/^[\s\S]{4}ftyp/, 'a video'],
  [/^(?:ID3|OggS|\xff\xfb)/, 'an audio file'],
  [/^WARC\/1/, 'a WARC file'],
];

/** Speed only: no signature is longer. */
const SIGNATURE_BYTES = 64;

/** Content types with which servers send pages. The bytes then decide whether it is HTML. */
const PAGE_TYPES: ReadonlySet<string> = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/xml',
  'application/xml',
  'application/octet-stream',
  'unknown/unknown',
]);
const ANY_TAG =
  /<(?:!doctype\s+html|!--|\/?(?:html|head|body|title|meta|link|script|style|p|br|hr|div|span|table|tr|td|ul|ol|li|dl|h[1-6]|a|b|i|em|strong|font|center|pre|blockquote|main|article|section|nav|header|footer|aside|details|summary|dd|dt|th|tbody|caption|figure|figcaption|img|form|frameset|iframe)(?=[\s/>]))/i;

/** Throws where the size, the first bytes or the content type exclude a page, before any decoding. */
export function refuseBytes(bytes: Uint8Array, contentType: string | null): void {
  const size = `${grouped(bytes.length)} bytes`;
  if (bytes.length === 0) throw new EmptyPageError('The page is empty: 0 bytes were given.');
  if (bytes.length > limits.bytes) {
    throw new TooLargeError(`The page has ${size}; the most that is read is ${grouped(limits.bytes)}.`);
  }
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SIGNATURE_BYTES)).toString('latin1');
  const format = SIGNATURES.find(([signature]) => signature.test(start));
  if (format !== undefined)
    throw new NotHtmlError(`The page is ${format[1]} (${size}), not HTML. Give the address of a web page.`);
  const type = parseContentType(contentType);
  if (contentType !== null && type !== null && !PAGE_TYPES.has(type.essence)) {
    const shown = cut(oneLine(contentType), MAX_SHOWN_TYPE);
    throw new NotHtmlError(`The page was served as "${shown}" (${size}), not as HTML. Give the address of a web page.`);
  }
}

/** Some servers send HTML as plain text; a text about HTML does not begin with it. */
const STARTS_AS_HTML = /^(?:\ufeff|\s|<!--[^>]*-->)*<(?:!doctype\s+html|html|head|body|title)[\s>]/i;

/** Share of control characters; text has almost none, and binary data one in ten. */
const MAX_CONTROL_SHARE = 0.03;
/** Characters from the start by which a feed or data format is recognised. */
const START_LENGTH = 1000;
/** Characters of a content type in a message. */
const MAX_SHOWN_TYPE = 80;

/** Whether the decoded characters are HTML or plain text. */
export function formOf({ text, charset }: Decoded, contentType: string | null): 'html' | 'plain' {
  if (text.trim() === '')
    throw new EmptyPageError(`The page is empty: it has only white space (${text.length} characters).`);
  const controls = text.match(/[\0-\x08\x0e-\x1f\x7f\ufffd]/g)?.length ?? 0;
  if (controls > text.length * MAX_CONTROL_SHARE) {
    const share = Math.round((100 * controls) / text.length);
    throw new UndecodableError(
      `The page cannot be read as ${charset}: ${share} % of its ${grouped(text.length)} characters are control characters. It is binary, compressed or in another encoding.`,
    );
  }
  const start = text.slice(0, START_LENGTH).trimStart();
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:rss|feed|rdf:rdf|sitemapindex|urlset|svg)\b/i.test(start)) {
    throw new NotHtmlError('The page is an XML feed, sitemap or image, not HTML. Give the address of a web page.');
  }
  if (parseContentType(contentType)?.essence === 'text/plain' && !STARTS_AS_HTML.test(start)) return 'plain';
  if (ANY_TAG.test(text)) return 'html';
  const kind = /^[[{]/.test(start) ? 'JSON or another data format' : 'text without a single HTML tag';
  throw new NotHtmlError(
    `The page is ${kind} (${grouped(text.length)} characters), not HTML. Give the address of a web page.`,
  );
}

/** A whole number with commas at the thousands. Intl needs 40 ms to load. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
