import { gunzipSync, gzipSync } from 'node:zlib';
import { DaybookError } from '../errors.ts';
import { sha256 } from '../history/canonical.ts';

/** Packed bytes changed after they were written. */
export class PackedDataError extends DaybookError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'packed-data', cause });
  }
}

/**
 * Gzip that detects every change. Many bytes of a gzip file can change without changing what it unpacks to: time, system and
 * level in the header, padding bits, one back-reference for another. So the header's extra field (RFC 1952, 2.3.1.1,
 * subfield `DB`) holds the SHA-256 of everything behind the header, and every other byte of the header is fixed. Any
 * gzip reader unpacks it; it holds no time stamp and no operating system, so equal contents give equal objects.
 */
const DIGEST = 32;
const HEAD = Uint8Array.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, DIGEST + 4, 0, 0x44, 0x42, DIGEST, 0]);
const HEADER = HEAD.byteLength + DIGEST;
/** Length of the header without fields that zlib writes, which is replaced. */
const PLAIN_HEADER = 10;

export function packGzip(content: Uint8Array): Uint8Array {
  const rest = gzipSync(content, { level: 6 }).subarray(PLAIN_HEADER);
  return Buffer.concat([HEAD, Buffer.from(sha256(rest), 'hex'), rest]);
}

/**
 * The content of bytes that `packGzip` wrote, every byte of them checked.
 * @param limit most bytes that the content may have.
 * @throws PackedDataError when a byte was changed, removed or added.
 */
export function unpackGzip(packed: Uint8Array, limit = Number.MAX_SAFE_INTEGER): Uint8Array {
  if (packed.byteLength < HEADER || Buffer.compare(packed.subarray(0, HEAD.byteLength), HEAD) !== 0) {
    throw new PackedDataError('the gzip header differs from the one that Daybook writes');
  }
  const digest = Buffer.from(packed.subarray(HEAD.byteLength, HEADER)).toString('hex');
  if (sha256(packed.subarray(HEADER)) !== digest) {
    throw new PackedDataError('the packed bytes do not match their SHA-256');
  }
  try {
    return gunzipSync(packed, { maxOutputLength: Math.min(Math.max(1, limit), 2 ** 31) });
  } catch (cause) {
    throw new PackedDataError('the gzip data cannot be unpacked', cause);
  }
}
