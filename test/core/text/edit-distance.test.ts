import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '#core/text/edit-distance.ts';

/** Few letters, so that words share some and swaps happen. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 12 });

/** The definition, cell by cell and without a band. */
function plainDistance(a: string, b: string): number {
  const table = [...Array(a.length + 1).keys()].map((i) =>
    [...Array(b.length + 1).keys()].map((j) => (i === 0 ? j : i)),
  );
  const cell = (i: number, j: number): number => table[i]?.[j] ?? Number.NaN;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const ways = [cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(cell(i - 2, j - 2) + 1);
      (table[i] as number[])[j] = Math.min(...ways);
    }
  }
  return cell(a.length, b.length);
}

describe('edit distance', () => {
  it.each([
    ['january', 'january', 0],
    ['janaury', 'january', 1],
    ['Janaury', 'January', 1],
    ['januaray', 'january', 1],
    ['febuary', 'february', 1],
    ['setpmber', 'september', 2],
    ['march', 'may', 3],
    ['', 'may', 3],
    ['ca', 'abc', 3],
  ])('of %s and %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('counts a swap of two different neighbours as one edit', () => {
    fc.assert(
      fc.property(word, fc.nat(10), (text, place) => {
        fc.pre(text.length > 1);
        const i = place % (text.length - 1);
        const swapped = `${text.slice(0, i)}${text[i + 1]}${text[i]}${text.slice(i + 2)}`;
        expect(editDistance(text, swapped)).toBe(text[i] === text[i + 1] ? 0 : 1);
      }),
    );
  });

  it('is the same in both directions', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
      }),
    );
  });

  it('is 0 for equal words and for no others', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });

  it('lies between the difference of the lengths and the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('is exact within its limit and one more beyond it, band or no band', () => {
    fc.assert(
      fc.property(word, word, fc.nat(13), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(plainDistance(a, b), limit + 1));
      }),
      { numRuns: 1000 },
    );
  });
});
