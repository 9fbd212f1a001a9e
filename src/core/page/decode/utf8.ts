import { windows1252Char } from './windows-1252.ts';

/** How a byte sequence reads as UTF-8. */
export interface Utf8Survey {
  /** Well-formed sequences of two bytes or more. */
  readonly sequences: number;
  /** Bytes that belong to no well-formed sequence. */
  readonly strays: number;
}

/**
 * The length (2-4) of the well-formed UTF-8 sequence that starts at `at`, or 0. Overlong forms, surrogates and
 * code points beyond U+10FFFF are not well-formed (Unicode 15, table 3-7).
 */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let offset = 2; offset < length; offset += 1) {
    if (((bytes[at + offset] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** Counts sequences and strays in one pass. A sequence that the end of the bytes cuts off is no stray. */
export function surveyUtf8(bytes: Uint8Array): Utf8Survey {
  let sequences = 0;
  let strays = 0;
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length > 0) sequences += 1;
    else if (at < bytes.length - 3) strays += 1;
    at += length || 1;
  }
  return { sequences, strays };
}

/**
 * UTF-8 with its stray bytes read as windows-1252: an old page that was pasted into a new template.
 */
export function decodeMixedUtf8(bytes: Uint8Array): string {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : sequenceLength(bytes, at);
    if (length === 0) {
      if (at > start) parts.push(utf8.decode(bytes.subarray(start, at)));
      parts.push(windows1252Char(byte));
      start = at + 1;
    }
    at += length || 1;
  }
  parts.push(utf8.decode(bytes.subarray(start)));
  return parts.join('');
}
