import { parseContentType } from '../../net/content-type.ts';
import { decodeWindows1252 } from './windows-1252.ts';

/** Bytes from the start in which a declaration is looked for. Browsers read 1024; old pages have long comments before it. */
const PRESCAN_BYTES = 8192;
/** Bytes from the start in which zeros are counted, and how many of them are enough to judge by. */
const ZERO_SAMPLE_BYTES = 1024;
const MIN_ZERO_SAMPLE_BYTES = 8;
/** Share of zeros among the high bytes of UTF-16, at least, and among its low bytes, at most. */
const MIN_HIGH_ZEROS = 0.6;
const MAX_LOW_ZEROS = 0.1;

/**
 * The WHATWG name of an encoding label, or null for an unknown label. As in browsers, the labels of ISO-8859-1 and
 * ASCII mean windows-1252.
 */
export function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch (error) {
    // By the standard an unknown label is a RangeError.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The encoding of the byte order mark at the start, or null. */
export function encodingFromBom(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/** The encoding that a Content-Type header declares, or null. */
export function encodingFromHeader(contentType: string | null): string | null {
  const charset = parseContentType(contentType)?.charset ?? null;
  return charset === null ? null : encodingOf(charset);
}

/**
 * The encoding that an XML declaration or a meta element at the page's start declares, or null. A declaration that can
 * be read as ASCII is not UTF-16, so that name means UTF-8 here (WHATWG HTML, prescan). The bounds of the patterns keep the
 * search linear.
 */
export function encodingFromMarkup(bytes: Uint8Array): string | null {
  const head = decodeWindows1252(bytes.subarray(0, PRESCAN_BYTES));
  const markup = head.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ');
  const label =
    markup.match(/^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([^"']{1,40})["']/i)?.[1] ??
    markup.match(/<meta\b[^>]{0,500}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([^"'\s/>;]{1,40})/i)?.[1];
  const encoding = label === undefined ? null : encodingOf(label);
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}

/** UTF-16 without a byte order mark: markup is mostly ASCII, so every second byte is zero. */
export function encodingFromZeros(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, ZERO_SAMPLE_BYTES);
  if (sample.length < MIN_ZERO_SAMPLE_BYTES) return null;
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte === 0 && index % 2 === 0) even += 1;
    if (byte === 0 && index % 2 === 1) odd += 1;
  });
  const half = sample.length / 2;
  if (odd > half * MIN_HIGH_ZEROS && even < half * MAX_LOW_ZEROS) return 'utf-16le';
  if (even > half * MIN_HIGH_ZEROS && odd < half * MAX_LOW_ZEROS) return 'utf-16be';
  return null;
}
