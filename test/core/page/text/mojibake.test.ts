import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windows1252Char } from '#core/page/decode/windows-1252.ts';
import { repairMojibake } from '#core/page/text/mojibake.ts';

/** What text becomes when its UTF-8 bytes are read as windows-1252. */
const damage = (text: string) => Array.from(new TextEncoder().encode(text), windows1252Char).join('');

describe('damage that is certain is repaired', () => {
  it.each([
    ['an apostrophe', 'Russia\u2019s terms'],
    ['curly quotes and a dash', '\u201cno\u201d \u2014 he said'],
    ['an ellipsis', 'and then\u2026'],
    ['accents', 'the caf\u00e9 in M\u00fcnchen'],
    ['a pound sign', 'a fee of \u00a330'],
    ['Cyrillic words', '\u043f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440'],
    ['an emoji', 'done \u{1f600}'],
    ['a non-breaking space next to other damage', 'on 9\u00a0May, Russia\u2019s'],
    ['the euro sign', '\u20ac30'],
  ])('%s', (_, text) => {
    expect(damage(text)).not.toBe(text);
    expect(repairMojibake(damage(text))).toBe(text);
  });

  it('also when it was done twice', () => {
    expect(repairMojibake(damage(damage('Russia\u2019s \u201cplan\u201d')))).toBe('Russia\u2019s \u201cplan\u201d');
  });

  it('also when it was done three times, and one time of four is left', () => {
    expect(repairMojibake(`\u00c3${'\u0192'.repeat(3)}`)).toBe('\u00c3');
    expect(repairMojibake(`\u00c3${'\u0192'.repeat(4)}`)).toBe('\u00c3\u0192');
  });

  it('also where the closing quote lost its last byte', () => {
    expect(repairMojibake('\u00e2\u20ac\u0153no\u00e2\u20ac, he said')).toBe('\u201cno\u201d, he said');
  });

  it('also where a dash ends in a quote that was made straight', () => {
    expect(repairMojibake('left out \u00e2\u20ac" he said')).toBe('left out \u2014 he said');
    expect(repairMojibake('2014\u00e2\u20ac"15')).toBe('2014\u201315');
  });

  it('drops a byte order mark that was read as letters', () => {
    expect(repairMojibake('\u00ef\u00bb\u00bfThe talks')).toBe('The talks');
  });
});

describe('text that may be meant is left as it is', () => {
  it.each([
    ['accented words', 'caf\u00e9 na\u00efve \u00c5ngstr\u00f6m S\u00e3o'],
    ['a capital before a closing quote', 'the village of \u201c\u00c5\u201d and \u201cIRM\u00c3\u201d'],
    ['a French word before a quotation', '\u00e0\u00a0\u00ab la carte \u00bb'],
    ['a single Greek letter before a symbol', '\u00ce\u00b1'.slice(0, 1)],
    ['one Cyrillic-looking pair', 'x\u00d0\u00b0y'],
    ['capitals before an ellipsis', '\u00c9\u2026 \u00d1\u2026'],
    ['quotes and dashes alone', '\u201cno\u201d \u2013 \u2018yes\u2019 \u20ac5\u2122'],
    ['a quotation that ends after a damaged-looking mark', 'say "\u00e2\u20ac"no"'],
  ])('%s', (_, text) => {
    expect(repairMojibake(text)).toBe(text);
  });

  it('any ASCII text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(repairMojibake(text)).toBe(text);
      }),
    );
  });

  it('no run of suspicious characters makes it throw or grow', () => {
    const piece = fc.constantFrom(
      '\u00e2',
      '\u20ac',
      '\u2122',
      '\u00c3',
      '\u00a9',
      '\u00c2',
      '\u00a0',
      '"',
      ' ',
      'a',
      '\u201d',
      '\u00d0',
      '\u00b0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(repairMojibake(pieces.join('')).length).toBeLessThanOrEqual(pieces.join('').length);
      }),
      { numRuns: 1000 },
    );
  });
});
