import { canonicalJson, chainHash, sha256 } from '../history/canonical.ts';
import type { Capture, CaptureRef, StoredCapture } from '../history/types.ts';

/** A record that carries the hash of everything else in it. */
export type Sealed<T> = T & { readonly seal: string };

/**
 * The seal of a record: SHA-256, hex, over the canonical JSON of the record without its seal and its place in a chain. So
 * a capture has the same seal in whichever order captures were stored, and so have the revisions that name it.
 */
export function sealOf(record: object): string {
  const { seal: _, previous: __, link: ___, ...rest } = record as { seal?: string; previous?: unknown; link?: unknown };
  return sha256(canonicalJson(rest));
}

/** Completes a record with its seal. */
export function sealed<T extends object>(record: T): Sealed<T> {
  return { ...record, seal: sealOf(record) };
}

/** Gives a capture its place after the one before it. */
export function chained(capture: Capture, previous: CaptureRef | null): StoredCapture {
  return { ...capture, previous, link: linkOf({ seal: capture.seal, previous }) };
}

/** A capture without its place in the chain, which is that of one store: the same captures in any order give the same. */
export function factsOf({ previous: _, link: __, ...capture }: StoredCapture): Capture {
  return capture;
}

function linkOf({ seal, previous = null }: { readonly seal: unknown; readonly previous?: unknown }): string {
  return chainHash(canonicalJson({ seal, previous }));
}

/**
 * What is wrong with the stored form of a sealed record: null when it is the canonical JSON of a record with a
 * valid seal, so that no byte can differ.
 */
export function recordFault(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'it is not a record';
  if (!('seal' in value) || sealOf(value) !== value.seal) return 'it does not match its seal';
  if (('link' in value || 'previous' in value) && (!('link' in value) || linkOf(value) !== value.link))
    return 'it does not match its link';
  // Compared as bytes, since decoding replaces bytes that are not UTF-8.
  if (Buffer.compare(Buffer.from(canonicalJson(value)), bytes) !== 0)
    return 'it is not in the form that Daybook writes';
  return null;
}
