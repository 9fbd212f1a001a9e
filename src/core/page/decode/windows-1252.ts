/**
 * windows-1252 by table, because the TextDecoder of Node 20 gives control characters for the bytes 0x80-0x9F: curly
 * quotes, dashes and the euro sign. Source: WHATWG Encoding, index-windows-1252.
 */
const HIGH =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

const BYTE_OF = new Map<string, number>(Array.from(HIGH, (char, index) => [char, 0x80 + index]));

/** The character of one byte (0-255). The five unassigned bytes give the control character of that number. */
export function windows1252Char(byte: number): string {
  return byte >= 0x80 && byte <= 0x9f ? HIGH.charAt(byte - 0x80) : String.fromCharCode(byte);
}

/** Every byte sequence is valid windows-1252. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\x80-\x9f]/g, (char) => HIGH.charAt(char.charCodeAt(0) - 0x80));
}

/** The byte (0-255) of a character in windows-1252, or null where it has none. C1 controls keep their number. */
export function windows1252Byte(char: string): number | null {
  const code = char.charCodeAt(0);
  if (code < 0x100) return code;
  return BYTE_OF.get(char) ?? null;
}
