import { parseContentType } from '../../net/content-type.ts';
import { decodeWindows1252 } from './windows-1252.ts';

/** Browsers look for a meta declaration in the first 1024 bytes; old pages put long comments before it. */
const PRESCAN_BYTES = 8192;

/**
 * The WHATWG name of an encoding label, or null for a label that nobody knows. The labels of ISO-8859-1 and ASCII
 * name windows-1252, as in every browser.
 */
export function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch (error) {
    // A label that TextDecoder does not know is a RangeError by the standard: the page declares nothing usable.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The encoding that the byte order mark at the start names, or null. */
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
 * The encoding that the page's own start declares, by an XML declaration or a meta element, or null. A page whose
 * declaration can be read as ASCII is not UTF-16, so that name means UTF-8 here (WHATWG HTML, prescan).
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

/** UTF-16 without a mark: markup is mostly ASCII, so every second byte is zero. */
export function encodingFromZeros(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 1024);
  if (sample.length < 8) return null;
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte === 0 && index % 2 === 0) even += 1;
    if (byte === 0 && index % 2 === 1) odd += 1;
  });
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.1) return 'utf-16be';
  return null;
}
