import { canonicalJson, sha256 } from '../history/canonical.ts';

/** A record that carries the hash of everything else in it. */
export type Sealed<T> = T & { readonly seal: string };

/** The seal of a record: SHA-256, hex, over the canonical JSON of the record without its seal. */
export function sealOf(record: object): string {
  const { seal: _, ...rest } = record as { seal?: string };
  return sha256(canonicalJson(rest));
}

/** Completes a record with its seal. */
export function sealed<T extends object>(record: T): Sealed<T> {
  return { ...record, seal: sealOf(record) };
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
  // Compared as bytes, since decoding replaces bytes that are not UTF-8.
  if (Buffer.compare(Buffer.from(canonicalJson(value)), bytes) !== 0)
    return 'it is not in the form that Daybook writes';
  return null;
}
