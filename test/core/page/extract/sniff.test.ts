import { describe, expect, it } from 'vitest';
import { extractArticle, NotHtmlError, TooLargeError, UndecodableError } from '#core/page/index.ts';
import { bytesOf } from '../support.ts';

const extract = (bytes: Uint8Array, contentType: string | null = null) =>
  extractArticle(bytes, { contentType, url: null });

describe('what is no page', () => {
  it('is text with more than three control characters in a hundred', () => {
    const page = (controls: number) => bytesOf('<p>', '\x01'.repeat(controls), 'x'.repeat(997 - controls));
    expect(extract(page(30)).blocks).toHaveLength(1);
    expect(() => extract(page(31))).toThrow(UndecodableError);
  });

  it('is a feed whose first element begins within 1,000 characters', () => {
    const feed = (end: number) =>
      bytesOf('<?xml ?>'.padEnd(end - '<rss'.length), '<rss version="2.0"><p>words</p></rss>');
    expect(() => extract(feed(1000))).toThrow(NotHtmlError);
    expect(extract(feed(1001)).blocks).toHaveLength(1);
  });

  it('is named by the first 80 characters of its content type', () => {
    const type = `image/png; name=${'x'.repeat(80)}`;
    expect(() => extract(bytesOf('<p>words</p>'), type)).toThrow(`served as "${type.slice(0, 79)}\u2026"`);
  });

  it('is anything of more than 16 MiB', () => {
    expect(() => extract(new Uint8Array(16 * 1024 * 1024 + 1))).toThrow(TooLargeError);
  });
});
