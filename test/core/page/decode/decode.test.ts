import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '#core/page/index.ts';
import { bytesOf } from '../support.ts';

const QUOTED_1252 = bytesOf('<p>', 0x93, 'No', 0x94, ' ', 0x96, ' 30 ', 0x80, 0x85, '</p>');
const QUOTED = '<p>\u201cNo\u201d \u2013 30 \u20ac\u2026</p>';
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('what decides the charset', () => {
  it('is the byte order mark before the header and the page', () => {
    const bytes = bytesOf(0xef, 0xbb, 0xbf, '<meta charset=windows-1252>', 0xc3, 0xa9);
    expect(decode(bytes, 'text/html; charset=iso-8859-2')).toEqual({
      text: '<meta charset=windows-1252>\u00e9',
      charset: 'utf-8',
      charsetFrom: 'bom',
    });
  });

  it('is the header before the page', () => {
    const bytes = bytesOf('<meta charset=koi8-r>', 0xd0);
    expect(decode(bytes, 'text/html; charset="windows-1251"')).toMatchObject({
      text: '<meta charset=koi8-r>\u0420',
      charset: 'windows-1251',
      charsetFrom: 'header',
    });
  });

  it.each([
    ['<meta charset=windows-1251>'],
    ["<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1251'>"],
    ['<meta content="text/html;charset=cp1251" http-equiv="content-type">'],
    ['<?xml version="1.0" encoding="windows-1251"?>'],
    [`<!-- ${'x'.repeat(2000)} <meta charset=utf-8> --><meta charset = "windows-1251" />`],
  ])('is the declaration of the page: %s', (head) => {
    expect(decode(bytesOf(head, 0xd0), null)).toMatchObject({
      text: `${head}\u0420`,
      charset: 'windows-1251',
      charsetFrom: 'meta',
    });
  });

  it('is a declaration in the first 8,192 bytes', () => {
    const page = (end: number) =>
      bytesOf('<meta charset='.padStart(end - 'koi8-r'.length), 'koi8-r>', 0xd0, ' and more');
    expect(decode(page(8192), null).charset).toBe('koi8-r');
    expect(decode(page(8193), null).charset).toBe('windows-1252');
  });

  it('is the next source where a label is unknown', () => {
    const bytes = bytesOf('<meta charset=windows-1251>', 0xd0);
    expect(decode(bytes, 'text/html; charset=klingon')).toMatchObject({ charset: 'windows-1251', charsetFrom: 'meta' });
  });

  it('is the default utf-8 for ASCII without a declaration', () => {
    expect(decode(bytesOf('<p>plain</p>'), null)).toEqual({
      text: '<p>plain</p>',
      charset: 'utf-8',
      charsetFrom: 'default',
    });
  });

  it('is detection for UTF-8 without a declaration', () => {
    expect(decode(utf8('<p>\u2013</p>'), 'text/html')).toMatchObject({ charset: 'utf-8', charsetFrom: 'detected' });
  });
});

describe('windows-1252 under any name', () => {
  it.each(['windows-1252', 'ISO-8859-1', 'latin1', 'us-ascii', 'iso8859-1'])(
    'reads curly quotes under the label %s',
    (label) => {
      const decoded = decode(QUOTED_1252, `text/html; charset=${label}`);
      expect(decoded).toEqual({ text: QUOTED, charset: 'windows-1252', charsetFrom: 'header' });
    },
  );

  it('reads it where nothing is declared', () => {
    expect(decode(QUOTED_1252, null)).toMatchObject({ text: QUOTED, charset: 'windows-1252' });
  });

  it('reads it where utf-8 is declared and the bytes are not UTF-8', () => {
    expect(decode(QUOTED_1252, 'text/html; charset=utf-8')).toMatchObject({
      text: QUOTED,
      charset: 'windows-1252',
      charsetFrom: 'detected',
    });
  });

  it('gives every byte a character of its own', () => {
    const { text } = decode(
      Uint8Array.from({ length: 256 }, (_, at) => at),
      'text/html; charset=windows-1252',
    );
    expect(new Set(text).size).toBe(256);
    expect(text.slice(0xa0)).toBe(String.fromCharCode(...Array.from({ length: 96 }, (_, at) => at + 0xa0)));
  });
});

describe('declarations that the bytes disprove', () => {
  it('reads UTF-8 that is called windows-1252 or windows-1251 as UTF-8', () => {
    for (const label of ['windows-1252', 'windows-1251', 'iso-8859-15']) {
      expect(decode(utf8('caf\u00e9 \u201cA\u201d'), `text/html; charset=${label}`)).toEqual({
        text: 'caf\u00e9 \u201cA\u201d',
        charset: 'utf-8',
        charsetFrom: 'detected',
      });
    }
  });

  it('follows East Asian declarations, whose bytes can look like UTF-8 by chance', () => {
    const bytes = bytesOf(0xc4, 0xa3);
    expect(decode(bytes, 'text/html; charset=gbk')).toMatchObject({ charset: 'gbk', text: '\u6a21' });
  });

  it('reads the stray bytes of an old page inside a UTF-8 template as windows-1252', () => {
    const bytes = bytesOf('caf', 0xc3, 0xa9, ' ', 0xe2, 0x80, 0x93, ' ', 0x93, 'old', 0x94, ' ', 0xc3, 0xa9, ' end');
    expect(decode(bytes, 'text/html; charset=utf-8')).toMatchObject({
      text: 'caf\u00e9 \u2013 \u201cold\u201d \u00e9 end',
      charset: 'utf-8',
    });
  });

  it('keeps UTF-8 whose last character the fetch cut off', () => {
    const decoded = decode(bytesOf('caf', 0xc3, 0xa9, ' ', 0xe2, 0x80), 'text/html; charset=utf-8');
    expect(decoded.charset).toBe('utf-8');
    expect(decoded.text.startsWith('caf\u00e9 ')).toBe(true);
  });
});

describe('UTF-16', () => {
  it.each([
    ['utf-16le', bytesOf(0xff, 0xfe, 'h', 0, 'i', 0)],
    ['utf-16be', bytesOf(0xfe, 0xff, 0, 'h', 0, 'i')],
  ])('is read by its byte order mark: %s', (charset, bytes) => {
    expect(decode(bytes, 'text/html; charset=utf-8')).toEqual({ text: 'hi', charset, charsetFrom: 'bom' });
  });

  it('is read by the header and by its zeros', () => {
    const wide = bytesOf(...Array.from('<p>hello</p>').flatMap((char) => [char, 0]));
    expect(decode(wide, 'text/html; charset=utf-16le').text).toBe('<p>hello</p>');
    expect(decode(wide, null)).toMatchObject({ text: '<p>hello</p>', charset: 'utf-16le', charsetFrom: 'detected' });
  });

  /** Pairs of bytes: the given numbers of pairs with a zero in the second and in the first place, then pairs without. */
  const pairs = (all: number, second: number, first = 0) =>
    Array.from({ length: all }, (_, at) => [at < first ? 0 : 0x61, at < second ? 0 : 0x61]).flat();
  const charsetOf = (bytes: number[]) => decode(Uint8Array.from(bytes), null).charset;

  it('is detected by zeros in six of ten high bytes, and in less than one of ten low bytes', () => {
    expect([charsetOf(pairs(10, 7)), charsetOf(pairs(10, 6))]).toEqual(['utf-16le', 'utf-8']);
    expect([charsetOf(pairs(20, 20, 1)), charsetOf(pairs(20, 20, 2))]).toEqual(['utf-16le', 'utf-8']);
  });

  it('is detected in eight bytes, and not in fewer', () => {
    expect([charsetOf(pairs(4, 4)), charsetOf(pairs(3, 3))]).toEqual(['utf-16le', 'utf-8']);
  });

  it('is detected by the first 1,024 bytes', () => {
    expect(charsetOf([...pairs(256, 140), ...pairs(256, 256), ...pairs(512, 0)])).toBe('utf-16le');
  });

  it('is not what a meta element declares, which could not be read then', () => {
    expect(decode(utf8('<meta charset=utf-16><p>\u00e9'), null)).toMatchObject({
      charset: 'utf-8',
      charsetFrom: 'meta',
    });
  });
});

describe('any bytes', () => {
  it('decode to something, without a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(fc.string()), (bytes, contentType) => {
        expect(typeof decode(bytes, contentType).text).toBe('string');
      }),
    );
  });

  it('give text back that was encoded as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\ufeff') && !text.includes('\0') && !/charset|encoding/i.test(text));
        expect(decode(utf8(text), 'text/html; charset=utf-8').text).toBe(text);
      }),
    );
  });
});
