import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContentType } from '#core/net/content-type.ts';

describe('a Content-Type header', () => {
  it.each([
    ['text/html', 'text/html', null],
    ['Text/HTML;Charset=UTF-8', 'text/html', 'UTF-8'],
    ['text/html; charset="windows-1252"', 'text/html', 'windows-1252'],
    ["text/html; charset='utf-8'", 'text/html', 'utf-8'],
    ['text/html; charset=', 'text/html', null],
    ['text/html, text/html; charset=utf-8', 'text/html', null],
    ['nonsense, application/xhtml+xml', 'application/xhtml+xml', null],
    ['text/html; charset=utf-8; charset=latin1', 'text/html', 'utf-8'],
  ])('%s is %s with charset %s', (header, essence, charset) => {
    expect(parseContentType(header)).toEqual({ essence, charset });
  });

  it.each([null, undefined, '', ';charset=utf-8', 'html', 'text/html charset=utf-8', '/'])(
    '%s names no type',
    (header) => {
      expect(parseContentType(header)).toBeNull();
    },
  );

  it('is read up to 1,000 characters, and never throws', () => {
    const long = (length: number) =>
      `text/html;x=${'a'.repeat(length - 'text/html;x=;charset=utf-8'.length)};charset=utf-8`;
    expect(parseContentType(long(1000))?.charset).toBe('utf-8');
    expect(parseContentType(long(1001))?.charset).toBe('utf-');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseContentType(text)));
  });
});
