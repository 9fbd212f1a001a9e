import { parseContentType } from '../../net/content-type.ts';
import { cut } from '../../text/cut.ts';
import { oneLine } from '../../text/hostile.ts';
import { EmptyPageError, NotHtmlError, TooLargeError, UndecodableError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { Decoded } from '../types.ts';

/** First bytes of formats that are served in place of pages. Source: WHATWG MIME Sniffing, and the formats' own. */
const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'a PDF document'],
  [/^\x89PNG\r\n/, 'a PNG image'],
  [/^\xff\xd8\xff/, 'a JPEG image'],
  [/^GIF8[79]a/, 'a GIF image'],
  [/^RIFF[\s\S]{4}WEBP/, 'a WebP image'],
  [/^PK\x03\x04/, 'a ZIP archive or an Office document'],
  [/^\x1f\x8b/, 'gzip data that nobody unpacked'],
  [/^\x28\xb5\x2f\xfd/, 'Zstandard data that nobody unpacked'],
  [/^BZh\d/, 'bzip2 data'],
  [/^\x7fELF/, 'a program'],
  [/^\xd0\xcf\x11\xe0/, 'an old Office document'],
  [/^\{\\rtf/, 'an RTF document'],
  [/^[\s\S]{4}ftyp/, 'a video'],
  [/^(?:ID3|OggS|\xff\xfb)/, 'an audio file'],
  [/^WARC\/1/, 'a WARC file'],
];

/** Types under which servers send pages; the bytes decide which of them are HTML. */
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

/** Refuses bytes that are known to be no page, before anything is decoded. */
export function refuseBytes(bytes: Uint8Array, contentType: string | null): void {
  const size = `${grouped(bytes.length)} bytes`;
  if (bytes.length === 0) throw new EmptyPageError('The page is empty: 0 bytes were given.');
  if (bytes.length > limits.bytes) {
    throw new TooLargeError(`The page has ${size}; the most that is read is ${grouped(limits.bytes)}.`);
  }
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1');
  const known = SIGNATURES.find(([signature]) => signature.test(start));
  if (known !== undefined)
    throw new NotHtmlError(`The page is ${known[1]} (${size}), not HTML. Give the address of a web page.`);
  const type = parseContentType(contentType);
  if (contentType !== null && type !== null && !PAGE_TYPES.has(type.essence)) {
    const shown = cut(oneLine(contentType), 80);
    throw new NotHtmlError(`The page was served as "${shown}" (${size}), not as HTML. Give the address of a web page.`);
  }
}

/** Careless servers send HTML as plain text; a text that shows HTML does not begin with it. */
const STARTS_AS_HTML = /^(?:\ufeff|\s|<!--[^>]*-->)*<(?:!doctype\s+html|html|head|body|title)[\s>]/i;

/** Text holds hardly any control characters; bytes that are something else hold one in ten. */
const MOST_CONTROLS = 0.03;

/** How the decoded characters are to be read. */
export function formOf({ text, charset }: Decoded, contentType: string | null): 'html' | 'plain' {
  if (text.trim() === '')
    throw new EmptyPageError(`The page is empty: it has nothing but white space (${text.length} characters).`);
  const controls = text.match(/[\0-\x08\x0e-\x1f\x7f\ufffd]/g)?.length ?? 0;
  if (controls > text.length * MOST_CONTROLS) {
    const share = Math.round((100 * controls) / text.length);
    throw new UndecodableError(
      `The page cannot be read as ${charset}: ${share} % of its ${grouped(text.length)} characters are none. It is binary, compressed or in another encoding.`,
    );
  }
  const start = text.slice(0, 1000).trimStart();
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

/** A whole number with commas at the thousands. Intl would do it too, and take 40 ms to load for every page. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
