import { canonicalJson, sha256 } from '#core/history/canonical.ts';

/** The attribute that holds an item's sum. */
export const SUM = 'sum';

/**
 * A short SHA-256 over everything else in an item: its keys, its index attributes, its content. Not every item can be
 * derived from others (checks, health, alerts); the sum shows a damaged one.
 */
export function sumOf(item: Readonly<Record<string, unknown>>): string {
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    if (name !== SUM) rest[name] = value instanceof Uint8Array ? { bytes: sha256(value) } : value;
  }
  return sha256(canonicalJson(rest)).slice(0, 24);
}

/** Completes an item that is to be written. */
export function summed<T extends Readonly<Record<string, unknown>>>(item: T): T & { readonly [SUM]: string } {
  return { ...item, [SUM]: sumOf(item) };
}

/** What is wrong with a stored item, or null. */
export function sumFault(item: Readonly<Record<string, unknown>>): string | null {
  if (item[SUM] === undefined) return 'it has no sum';
  return item[SUM] === sumOf(item) ? null : 'it does not match its sum';
}
