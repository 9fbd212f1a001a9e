import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonKey } from '#core/page/index.ts';

const same = (a: string, b: string) => expect(comparisonKey(a)).toBe(comparisonKey(b));
const different = (a: string, b: string) => expect(comparisonKey(a)).not.toBe(comparisonKey(b));

describe('what a reader would call the same text has the same key', () => {
  it.each([
    ['white space', 'on 09\u00a0January\n 2022', 'on 09 January 2022'],
    ['thin spaces', '100\u2009000', '100 000'],
    ['double quotes', '\u201cno\u201d \u00abyes\u00bb \u201enein\u201c', '"no" "yes" "nein"'],
    ['single quotes', 'Russia\u2019s \u2018plan\u2019 `B\u00b4', "Russia's 'plan' 'B'"],
    ['two single quotes for a double one', "''no''", '"no"'],
    ['dashes', 'war \u2014 peace \u2013 2014\u201315 a\u2212b', 'war - peace - 2014-15 a-b'],
    ['dashes with and without spaces', 'left out \u2014 he said', 'left out\u2014he said'],
    ['two hyphens for a dash', 'left out -- he said', 'left out \u2014 he said'],
    ['ellipses', 'we\u2026 go', 'we... go'],
    ['spaced ellipses', 'we . . . go', 'we ... go'],
    ['ligatures', '\ufb01nal o\ufb03ce', 'final office'],
    ['full-width forms', '\uff11\uff12\uff0cA', '12,A'],
    ['soft hyphens', 'nego\u00adtiation', 'negotiation'],
    ['zero-width characters', 'no\u200bthing\ufeff', 'nothing'],
    ['composed and decomposed accents', 'cafe\u0301', 'caf\u00e9'],
    [
      'mojibake and what it hides',
      'Russia\u00e2\u20ac\u2122s \u00e2\u20ac\u0153plan\u00e2\u20ac\u009d',
      'Russia\u2019s \u201cplan\u201d',
    ],
    ['emoji presentation', '\u2764\ufe0f', '\u2764'],
  ])('%s', (_, a, b) => same(a, b));
});

describe('what changes the text changes the key', () => {
  it.each([
    ['case', 'The Council', 'the council'],
    ['a digit', '10 January 2021', '10 January 2022'],
    ['a letter', 'Januray', 'January'],
    ['a comma', 'no, peace', 'no peace'],
    ['a full stop', 'It ended', 'It ended.'],
    ['a question mark', 'It ended?', 'It ended.'],
    ['a removed quotation', '"no"', 'no'],
    ['single for double quotes', "'no'", '"no"'],
    ['a superscript', '10\u00b2', '102'],
    ['a fraction', '\u00bd', '12'],
    ['an accent', 'resume', 'r\u00e9sum\u00e9'],
    ['a word joined', 'no thing', 'nothing'],
    ['a percent sign', '5', '5%'],
  ])('%s', (_, a, b) => different(a, b));
});

describe('any text', () => {
  it('has an idempotent key without white space at its ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const key = comparisonKey(text);
        expect(comparisonKey(key)).toBe(key);
        expect(key).toBe(key.trim());
      }),
      { numRuns: 300 },
    );
  });

  it('has an idempotent key also where folds and repairs meet', () => {
    const piece = fc.constantFrom(
      ...'aA1 .\u2026-\u2013\u2014\'"\u201c\u201d\u2018\u2019`\u00b4\u00ab\u00bb,\ufb01\uff46\uff02\uff0d\u00bd\u00e9e\u0301\u00a0\u200b\u00ad\u00c2\u00e2\u20ac\u2122\u0153\u009d\u00c3\u00a9\u00b0\u00d0\u00d1\ufe0f\u2764\u200d\ufdfa\u00b5',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const key = comparisonKey(pieces.join(''));
        expect(comparisonKey(key)).toBe(key);
      }),
      { numRuns: 3000 },
    );
  });

  it('has the same key after its words are wrapped again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zA-Z0-9,.]{1,8}$/)),
        fc.constantFrom('\n', '\t ', '\u00a0', '  '),
        (words, space) => {
          expect(comparisonKey(words.join(space))).toBe(comparisonKey(words.join(' ')));
        },
      ),
    );
  });

  it('keeps 30 marks on one letter', () => {
    const key = (marks: number) => comparisonKey(`a${'\u0316'.repeat(marks)}`);
    expect(key(29)).not.toBe(key(30));
    expect(key(31)).toBe(key(30));
  });

  it('is repaired where the text was damaged up to 15 times', () => {
    expect(comparisonKey(`\u00c3${'\u0192'.repeat(15)}`)).toBe('\u00c3');
    expect(comparisonKey(`\u00c3${'\u0192'.repeat(16)}`)).toBe('\u00c3\u0192');
  });

  it('is read in one pass: stacked marks are cut before Unicode normalisation sorts them', () => {
    expect(comparisonKey(`a${'\u0301\u0316'.repeat(50_000)}`).length).toBeLessThan(64);
  });
});
