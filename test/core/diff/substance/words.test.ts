import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff, wordTokens } from '#core/diff/substance/words.ts';
import { anyText } from '../support.ts';

const text = fc.oneof(anyText, fc.string({ unit: 'grapheme' }), fc.string());
const joined = (before: string, after: string, op: 'removed' | 'added'): string =>
  wordDiff(before, after)
    .filter((run) => run.op === 'same' || run.op === op)
    .map((run) => run.text)
    .join('');

describe('wordDiff', () => {
  it('same and removed give the old text, same and added the new, for any texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(joined(before, after, 'removed')).toBe(before);
        expect(joined(before, after, 'added')).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  it('has no empty run, no two alike in a row, and removals before additions', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = wordDiff(before, after);
        runs.forEach((run, at) => {
          expect(run.text).not.toBe('');
          expect(run.op).not.toBe(runs[at + 1]?.op);
          if (run.op === 'added') expect(runs[at + 1]?.op ?? 'same').toBe('same');
        });
      }),
    );
  });

  it('of equal texts is one run', () => {
    expect(wordDiff('one two', 'one two')).toEqual([{ op: 'same', text: 'one two' }]);
    expect(wordDiff('', '')).toEqual([]);
  });

  it('changes whole words, not letters, and keeps the mark next to them', () => {
    expect(wordDiff('Some 120 tanks, it said.', 'Some 150 tanks, it said.')).toEqual([
      { op: 'same', text: 'Some ' },
      { op: 'removed', text: '120' },
      { op: 'added', text: '150' },
      { op: 'same', text: ' tanks, it said.' },
    ]);
  });

  it('shows words added at the end as added only', () => {
    expect(wordDiff('They met', 'They met again today')).toEqual([
      { op: 'same', text: 'They met' },
      { op: 'added', text: ' again today' },
    ]);
  });

  it('is done with long unrelated texts, and still reproduces both', () => {
    const before = Array.from({ length: 20_000 }, (_, n) => `a${n % 700}`).join(' ');
    const after = Array.from({ length: 20_000 }, (_, n) => `b${n % 900}`).join(' ');
    expect(joined(before, after, 'removed')).toBe(before);
    expect(joined(before, after, 'added')).toBe(after);
  });

  it('takes hostile text of one kind of character', () => {
    for (const unit of [' ', '.', 'a', '\u0301', '\ud800', '" ']) {
      const before = unit.repeat(50_000);
      expect(joined(before, `${before}x`, 'added')).toBe(`${before}x`);
    }
  });
});

describe('wordTokens', () => {
  it('are the text when joined', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (any) => {
        expect(wordTokens(any).join('')).toBe(any);
      }),
    );
  });

  it('keep letters with their marks together', () => {
    expect(wordTokens('Zelensky\u0301, “yes”')).toEqual(['Zelensky\u0301', ',', ' ', '“', 'yes', '”']);
  });
});
