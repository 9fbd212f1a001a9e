import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, cutMiddle } from '#core/text/cut.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 200 });
const length = fc.integer({ min: 1, max: 220 });

describe('cutting a text', () => {
  it.each([
    ['abcdef', 4, 'abc…'],
    ['abcd', 4, 'abcd'],
    ['ab😀cd', 4, 'ab…'],
    ['ab😀cd', 5, 'ab😀…'],
    ['cafe\u0301 noir', 5, 'caf…'],
    ['a👩‍👩‍👧bc', 6, 'a…'],
    ['', 4, ''],
    ['ab', 1, '…'],
    ['ab', 0, ''],
  ])('%j to %i gives %j', (given, limit, expected) => {
    expect(cut(given, limit)).toBe(expected);
  });

  it('counts the mark in the limit, whichever it is', () => {
    expect(cut('abcdefgh', 6, '...')).toBe('abc...');
  });

  it('never gives more than the limit, splits no pair and keeps a beginning of the text', () => {
    fc.assert(
      fc.property(text, length, (given, limit) => {
        const short = cut(given, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short).not.toMatch(/\p{Cs}/u);
        expect(short === given || (short.endsWith('…') && given.startsWith(short.slice(0, -1)))).toBe(true);
      }),
    );
  });

  it('keeps the beginning and the end around a cut middle, and splits no pair', () => {
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(60), (given, start, end) => {
        const short = cutMiddle(given, start, end);
        expect(short.length).toBeLessThanOrEqual(Math.max(start + end + 1, 1));
        expect(short).not.toMatch(/\p{Cs}/u);
        if (short === given) return;
        const mark = short.indexOf('…', 0);
        expect(mark).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(cutMiddle('abc😀x😀def', 4, 4)).toBe('abc…def');
  });

  it('cuts no letter of 64 units, and longer ones between their marks', () => {
    const letter = (length: number) => `${'x'.repeat(100)}a${'\u0301'.repeat(length - 1)} and more`.padEnd(300, 'y');
    expect(cut(letter(64), 164)).toBe(`${'x'.repeat(100)}\u2026`);
    expect(cut(letter(66), 165)).toBe(`${letter(66).slice(0, 164)}\u2026`);
  });

  it('keeps within its limit where one letter carries thousands of marks', () => {
    const marked = `a${'\u0301'.repeat(50_000)}`;
    expect(cut(marked, 1000)).toHaveLength(1000);
    expect(cut('😀'.repeat(50_000), 1000)).not.toMatch(/\p{Cs}/u);
  });
});
