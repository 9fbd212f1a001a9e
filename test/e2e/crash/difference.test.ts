import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';

describe('difference of two states', () => {
  it('is nothing for what is equal, and something for what is not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        // A copy by way of text, which knows no negative zero: neither does a stored value.
        const [a, b] = [JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other))];
        expect(difference(a, structuredClone(a))).toEqual([]);
        let isEqual = true;
        try {
          expect(a).toEqual(b);
        } catch {
          isEqual = false;
        }
        expect(difference(a, b).length === 0).toBe(isEqual);
      }),
    );
  });

  it('treats an undefined property as absent', () => {
    expect(difference({ a: 1, b: undefined }, { a: 1 })).toEqual([]);
    expect(difference({ a: null }, {})).toEqual(['a: nothing instead of null']);
  });

  it('names the place, the present and the expected value', () => {
    expect(difference({ head: { revision: 3 } }, { head: { revision: 2 } })).toEqual(['head.revision: 2 instead of 3']);
    expect(difference({ ids: ['a', 'b'] }, { ids: ['a', 'c'] })).toEqual(['ids.1: c instead of b']);
    expect(difference({ a: [] }, { a: {} })).toEqual(['a: {} instead of []']);
  });

  it('names missing and repeated entries of a list', () => {
    expect(difference({ changes: ['x', 'y', 'z'] }, { changes: ['x', 'z', 'z', 'z'] })).toEqual([
      'changes: 4 entries instead of 3',
      'changes: 2 times too many z',
      'changes: lost y',
    ]);
  });

  it('stays small when everything differs', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ index, text: 'x'.repeat(10_000) }));
    const lines = difference(many, []);
    expect(lines).toHaveLength(9);
    expect(lines.at(-1)).toBe('and 43 more');
    expect(lines.join('').length).toBeLessThan(3_000);
  });
});
