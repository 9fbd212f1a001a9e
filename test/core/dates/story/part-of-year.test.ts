import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partOfYear } from '#core/dates/story/part-of-year.ts';

const read = (text: string): number | null => partOfYear(text, text.search(/\d{4}/));

describe('the part of a year that words name', () => {
  it.each([
    ['by late 1941', 11],
    ['the end of 1941', 11],
    ['in early 1941', 2],
    ['the beginning of 1941', 2],
    ['in mid-1941', 6],
    ['the middle of 1941', 6],
    ['in the spring of 1941', 4],
    ['Summer 1941', 7],
    ['the autumn of 1941', 10],
    ['in fall 1941', 10],
  ])('puts "%s" about its month', (text, month) => {
    expect(read(text)).toBe(month);
  });

  it.each(['in 1941', 'the fall of Tobruk in 1941', 'lately, 1941', 'the offspring of 1941', '1941'])(
    'says nothing of "%s"',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  it('takes a winter for what it is: part of two years', () => {
    expect(read('the winter of 1941')).toBeNull();
  });

  it('looks at a bounded stretch', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 20, maxLength: 200 }), fc.constantFrom('late ', 'in '), (lead, word) => {
        const text = `${lead} and ${word}1941`;
        expect(partOfYear(text, text.length - 4)).toBe(partOfYear(text.slice(-20), 16));
      }),
    );
  });
});
