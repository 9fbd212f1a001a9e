import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { minute } from '#cli/cells.ts';
import { createOutput, fitColumns } from '#cli/output.ts';
import { changeLines, flagsOf } from '#cli/words.ts';
import type { Change } from '#core/diff/types.ts';
import { oneLine } from '#core/text/hostile.ts';

const ref = (text: string) => ({ id: 'a', at: 0, text });

describe('text of a page on a terminal', () => {
  it.each([
    ['a colour', 'red \u001b[31mtext', 'red [31mtext'],
    ['a title change', '\u001b]0;owned\u0007x', ']0;ownedx'],
    ['a cursor movement by C1', 'a\u009b2Jb', 'a2Jb'],
    ['text turned round', 'abc\u202ecba', 'abccba'],
    ['an isolate', '\u2066x\u2069', 'x'],
    ['line breaks', 'a\nb\tc', 'a b c'],
    ['a carriage return', 'safe\rdanger', 'safe danger'],
  ])('never contains %s', (_, given, expected) => {
    expect(oneLine(given)).toBe(expected);
  });

  it('never contains a control character, for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      }),
    );
  });

  it('is cut to its length with an ellipsis', () => {
    expect(fitColumns('abcdef', 4)).toBe('abc…');
    expect(fitColumns('abcd', 4)).toBe('abcd');
  });

  it.each([
    ['漢字漢字', 8, '漢字漢字'],
    ['漢字漢字', 7, '漢字漢…'],
    ['漢字漢字', 6, '漢字…'],
    ['a😀b', 4, 'a😀b'],
    ['a😀b', 3, 'a…'],
    ['cafe\u0301', 4, 'cafe\u0301'],
  ])('counts columns, not characters: %s in %i is %s', (text, columns, expected) => {
    expect(fitColumns(text, columns)).toBe(expected);
  });

  it('never takes more columns than given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, columns) => {
        expect(stringWidth(fitColumns(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('a change in words', () => {
  const output = { ...createOutput({ json: true }), width: 80 };

  it('shows the text before and after', () => {
    const change: Change = { kind: 'moved', before: [ref('old')], after: [ref('new')], date: '2023-05-03' };
    expect(changeLines(output, change)).toEqual(['moved     2023-05-03', '  - old', '  + new']);
  });

  it('shows the changed words with some text around them', () => {
    const words = [
      { op: 'same', text: 'x'.repeat(100) },
      { op: 'removed', text: '31' },
      { op: 'added', text: '13' },
      { op: 'same', text: ' ships' },
    ] as const;
    const change: Change = {
      kind: 'edited',
      before: [ref('a')],
      after: [ref('b')],
      date: null,
      substance: 'facts',
      words,
    };
    expect(changeLines(output, change)).toEqual([
      'edited    no date (facts)',
      `    …${'x'.repeat(40)}[-31-]{+13+} ships`,
    ]);
  });

  it('names every flag once, and the date before a redating', () => {
    const change: Change = {
      kind: 'redated',
      before: [ref('a')],
      after: [ref('b')],
      date: '2023-05-04',
      dateBefore: '2023-05-03',
      redated: true,
      moved: true,
      late: true,
    };
    expect(flagsOf(change)).toEqual(['late', 'moved']);
    expect(changeLines(output, change)[0]).toBe('redated   2023-05-03 → 2023-05-04 (late, moved)');
  });

  it('prints instants to the minute', () => {
    expect(minute('2023-05-03T10:15:59.000Z')).toBe('2023-05-03 10:15');
    expect(minute(null)).toBe('-');
  });
});
