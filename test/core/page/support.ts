import { extractArticle } from '#core/page/index.ts';
import type { Article } from '#core/page/types.ts';

/** Extracts the article of a piece of HTML that is given as text. */
export function articleOf(html: string, url: string | null = null): Article {
  return extractArticle(new TextEncoder().encode(html), { contentType: 'text/html; charset=utf-8', url });
}

/** The blocks of a piece of HTML as `kind: text`, headings with their level. */
export function blocksOf(html: string): string[] {
  return articleOf(html).blocks.map(({ kind, level, text }) => `${kind}${level ?? ''}: ${text}`);
}

/** Only the texts. */
export function textsOf(html: string): string[] {
  return articleOf(html).blocks.map(({ text }) => text);
}

/** The bytes of numbers, strings (as ASCII) or both in order. */
export function bytesOf(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : Array.from(part, (char) => char.charCodeAt(0)))),
  );
}
