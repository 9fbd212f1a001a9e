import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson, oneLine, replaceHostile, safeLines, splitHostile } from '#core/text/hostile.ts';

/** Written apart from the class itself, from what each character does. */
const HARMFUL = [
  ...['\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u009b'],
  ...['\u00ad', '\u061c', '\u180e', '\u200b', '\u200e', '\u200f', '\u2028', '\u2029'],
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2060', '\u2066', '\u2067', '\u2068', '\u2069'],
  ...['\ufeff', '\ufff9', '\ufffb', '\ufffe', '\uffff', '\ufdd0', '\u{1fffe}', '\u{e0041}', '\u{e007f}'],
  ...['\ud800', '\udfff'],
];
const HARMLESS = [
  'a',
  'é',
  '漢',
  '😀',
  '👩‍👩‍👧',
  'می‌خواهم',
  '’',
  '—',
  '…',
  '\u00a0',
  '\u2009',
  '\ufffd',
  'क्‍ष',
  '\u0301',
];
const text = fc
  .array(fc.constantFrom(...HARMFUL, ...HARMLESS, '\n', '\t', '\r'), { maxLength: 30 })
  .map((all) => all.join(''));

describe('hostile characters', () => {
  it.each(HARMFUL.map((character) => [JSON.stringify(escapeJson(character)), character]))(
    '%s is one',
    (_, character) => {
      expect(replaceHostile(`a${character}b`, () => '!')).toBe('a!b');
      expect(oneLine(`a${character}b`)).toMatch(/^a ?b$/);
    },
  );

  it.each(HARMLESS)('%s is none', (character) => {
    expect(replaceHostile(character, () => '!')).toBe(character);
  });

  it('are the same alone as within a text: no quick look passes one over', () => {
    const missed: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const character = String.fromCodePoint(point);
      const isHostile = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(character) || HARMFUL.includes(character);
      if (isHostile && replaceHostile(character, () => '') !== '') missed.push(character);
      if (isHostile && splitHostile(character)[0]?.hostile !== true) missed.push(character);
    }
    expect(missed).toEqual([]);
  });

  it('leave no line: words that they separate stay apart', () => {
    expect(oneLine('a\nb\tc\u2028d\u0085e')).toBe('a b c d e');
    expect(oneLine('safe\u001b[2J\u202eevil\ufeff')).toBe('safe[2Jevil');
    expect(safeLines('a\u202e\nb\r\nc')).toBe('a\nb \nc');
  });

  it('are all dropped from one line, whatever the text, and dropping twice changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (given) => {
        const clean = oneLine(given);
        expect(HARMFUL.filter((one) => one.charCodeAt(0) < 0xd800 && clean.includes(one))).toEqual([]);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(oneLine(clean)).toBe(clean);
      }),
    );
  });

  it('are split off without loss', () => {
    fc.assert(
      fc.property(text, (given) => {
        const parts = splitHostile(given);
        expect(parts.map((part) => part.text).join('')).toBe(given);
        for (const part of parts) if (!part.hostile) expect(oneLine(part.text)).toBe(part.text);
      }),
    );
  });

  it('are escaped in JSON without another value, indented or not', () => {
    fc.assert(
      fc.property(fc.record({ a: text, b: fc.array(text) }), fc.constantFrom(0, 2), (value, indent) => {
        const json = escapeJson(JSON.stringify(value, null, indent));
        expect(JSON.parse(json)).toEqual(value);
        expect(json.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\ufeff\u{e0000}-\u{e007f}]/u);
      }),
    );
  });
});
