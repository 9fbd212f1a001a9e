import { hash } from 'node:crypto';

/**
 * JSON with the keys of every object in code-unit order and without `undefined` members: equal values give equal
 * characters in any order of building. Hashes are taken over this form.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const source = value as Record<string, unknown>;
  // An ordinary object is written in much less time, but cannot have every key.
  const target: Record<string, unknown> = Object.hasOwn(source, '__proto__') ? Object.create(null) : {};
  for (const key of Object.keys(source).sort()) {
    if (source[key] !== undefined) target[key] = sorted(source[key]);
  }
  return target;
}

/** The first 128 bits of SHA-256, lower-case hex: enough to name what is chained, in items that must stay small. */
export function chainHash(data: string): string {
  return sha256(data).slice(0, 32);
}

/** The first 64 bits: two keys of one page meet by chance once in 2^32 texts. */
export function shortHash(data: string): string {
  return sha256(data).slice(0, 16);
}

/** SHA-256, lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}
