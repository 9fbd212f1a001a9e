import type { HealthReason } from './types.ts';

const HTML = new Set(['text/html', 'application/xhtml+xml']);
/** Types under which careless servers send HTML. */
const LOOSE = new Set(['', 'text/plain', 'text/xml', 'application/xml', 'application/octet-stream']);
const LOOKED_AT = 1024;

/**
 * Whether the `Content-Type` header rules HTML out; null when it does not.
 *
 * @param text the body's characters, for types that careless servers send HTML under
 * @returns one line for people
 */
export function wrongContentType(header: string | undefined, text: string): string | null {
  const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (HTML.has(type)) return null;
  const start = text.slice(0, LOOKED_AT).toLowerCase();
  const looksLikeHtml =
    start.includes('<html') || start.includes('<!doctype html') || /<(?:body|head|title|p|div|h1)[\s>]/.test(start);
  if (LOOSE.has(type) && looksLikeHtml) return null;
  return type === '' ? 'no Content-Type, and the body is not HTML' : `Content-Type ${type.slice(0, 80)} is not HTML`;
}

/** Share of characters that no encoding gave a meaning, above which a text is not what its author wrote. */
const MAX_BROKEN_SHARE = 0.05;
const MIN_BROKEN = 10;

/** Whether decoding gave noise: many replacement characters or controls. */
export function isNoise(text: string): boolean {
  let broken = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 0xfffd || (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d && unit !== 0x0c))
      broken += 1;
  }
  return broken >= MIN_BROKEN && broken > text.length * MAX_BROKEN_SHARE;
}

/** Reasons by the stable codes of extraction's errors. */
const BY_CODE: ReadonlyMap<string, HealthReason> = new Map<string, HealthReason>([
  ['not-html', 'content-type'],
  ['empty', 'empty'],
  ['undecodable', 'undecodable'],
  ['too-large', 'too-large'],
]);

/** What an extraction error says of the page; an unknown one still means that there is no article. */
export function reasonOfExtraction(code: string): HealthReason {
  return BY_CODE.get(code) ?? 'no-article';
}
