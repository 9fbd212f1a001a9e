import type { Decoded } from '../types.ts';
import { encodingFromBom, encodingFromHeader, encodingFromMarkup, encodingFromZeros } from './declared.ts';
import { decodeMixedUtf8, surveyUtf8 } from './utf8.ts';
import { decodeWindows1252 } from './windows-1252.ts';

/** Encodings in which good text can form valid UTF-8 sequences by chance. */
const MULTIBYTE = new Set(['gbk', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'iso-2022-jp']);

/**
 * Turns the bytes of a page into characters, by the byte order mark, the HTTP header, the page's own declaration, or
 * detection, in this order. The bytes can disprove a declaration: invalid UTF-8 is read as windows-1252, and a
 * single-byte encoding as UTF-8 where every high byte is in a valid UTF-8 sequence.
 *
 * Never throws: any bytes give some text. Whether it is a page is decided later.
 */
export function decode(bytes: Uint8Array, contentType: string | null): Decoded {
  const bom = encodingFromBom(bytes);
  if (bom !== null) return { text: decodeBy(bom, bytes), charset: bom, charsetFrom: 'bom' };

  const header = encodingFromHeader(contentType);
  const zeros = encodingFromZeros(bytes);
  const declared = header ?? zeros ?? encodingFromMarkup(bytes);
  const from = header !== null ? 'header' : zeros !== null ? 'detected' : 'meta';
  if (declared?.startsWith('utf-16')) return { text: decodeBy(declared, bytes), charset: declared, charsetFrom: from };

  const { sequences, strays } = surveyUtf8(bytes);
  const detected = sequences === 0 && strays > 0 ? 'windows-1252' : sequences > strays ? 'utf-8' : null;
  if (declared === null) {
    if (detected !== null) return { text: decodeBy(detected, bytes), charset: detected, charsetFrom: 'detected' };
    const assumed = strays === 0 ? 'utf-8' : 'windows-1252';
    return { text: decodeBy(assumed, bytes), charset: assumed, charsetFrom: 'default' };
  }
  const disproved =
    declared === 'utf-8'
      ? strays > 0 && sequences <= strays
      : sequences > 0 && strays === 0 && !MULTIBYTE.has(declared) && declared !== 'x-user-defined';
  if (!disproved) return { text: decodeBy(declared, bytes), charset: declared, charsetFrom: from };
  const actual = declared === 'utf-8' ? 'windows-1252' : 'utf-8';
  return { text: decodeBy(actual, bytes), charset: actual, charsetFrom: 'detected' };
}

function decodeBy(encoding: string, bytes: Uint8Array): string {
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  if (encoding === 'utf-8') {
    const marked = encodingFromBom(bytes) === 'utf-8' ? bytes.subarray(3) : bytes;
    return surveyUtf8(marked).strays === 0 ? new TextDecoder().decode(marked) : decodeMixedUtf8(marked);
  }
  return new TextDecoder(encoding).decode(bytes);
}
