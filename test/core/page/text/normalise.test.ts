import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '#core/page/index.ts';
import { normalisePiece } from '#core/page/text/normalise.ts';

describe('normalise', () => {
  it('makes one line with single spaces of any white space', () => {
    expect(normalise(' a\t\r\n b\u00a0\u2009c\u3000d\u2028e\u0085f \n')).toBe('a b c d e f');
  });

  it.each([
    ['controls', 'a\0b\x07c\x1bd\x7fe\x9bf', 'abcdef'],
    ['zero-width characters and soft hyphens', 'a\u200bb\ufeffc\u2060d\u00ade', 'abcde'],
    ['joiners between Latin letters', 'a\u200db\u200cc', 'abc'],
    ['marks that turn the direction of text', '\u202eevil\u202c \u2066x\u2069\u200f', 'evil x'],
    ['invisible tags', 'a\u{e0041}\u{e007f}b', 'ab'],
  ])('drops %s', (_, given, expected) => {
    expect(normalise(given)).toBe(expected);
  });

  it('keeps joiners that mean something: between emoji and inside joining scripts', () => {
    expect(normalise('\u{1f468}\u200d\u{1f469}')).toBe('\u{1f468}\u200d\u{1f469}');
    expect(normalise('\u0645\u06cc\u200c\u062e\u0648')).toBe('\u0645\u06cc\u200c\u062e\u0648');
  });

  it('replaces lone surrogates and keeps pairs', () => {
    expect(normalise('a\ud800b\udc00 \u{1f600}')).toBe('a\ufffdb\ufffd \u{1f600}');
  });

  it('keeps curly quotes, dashes and accents as written', () => {
    expect(normalise('\u201cno\u201d \u2013 \u2018caf\u00e9\u2019\u2014\u2026')).toBe(
      '\u201cno\u201d \u2013 \u2018caf\u00e9\u2019\u2014\u2026',
    );
  });

  it('leaves no two spaces where an invisible character stood between them', () => {
    expect(normalise('a \u200b b')).toBe('a b');
  });

  it('is idempotent, has no space at its ends and no line break, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
        expect(once).toBe(once.trim());
        expect(once).not.toMatch(/[\0-\x1f\x7f-\x9f]| {2}/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('normalisePiece', () => {
  it('keeps one space at an end where white space stood, so that pieces can be joined', () => {
    expect(normalisePiece('\n the \n')).toBe(' the ');
    expect(normalisePiece('the')).toBe('the');
  });
});
