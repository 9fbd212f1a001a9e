import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonSubsequence, increasing } from '#core/diff/sequence.ts';

/** Length of the longest common subsequence, by dynamic programming. */
function longest(a: readonly number[], b: readonly number[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const left of a) {
    const next = [0];
    b.forEach((right, at) => {
      next.push(left === right ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    });
    row = next;
  }
  return row[b.length] ?? 0;
}

const small = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 });

describe('commonSubsequence', () => {
  it('pairs equal items in order and finds the longest such pairing', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const pairs = commonSubsequence(Int32Array.from(a), Int32Array.from(b), 1000);
        let last = -1;
        let length = 0;
        pairs.forEach((j, i) => {
          if (j < 0) return;
          expect(b[j]).toBe(a[i]);
          expect(j).toBeGreaterThan(last);
          last = j;
          length++;
        });
        expect(length).toBe(longest(a, b));
      }),
    );
  });

  it('beyond the bound it still pairs equal items in order, the common ends among them', () => {
    fc.assert(
      fc.property(small, small, fc.integer({ min: 0, max: 3 }), (a, b, bound) => {
        const left = [9, ...a, 8];
        const right = [9, ...b, 8];
        const pairs = commonSubsequence(Int32Array.from(left), Int32Array.from(right), bound);
        expect([pairs[0], pairs[pairs.length - 1]]).toEqual([0, right.length - 1]);
        const taken = [...pairs].filter((j) => j >= 0);
        expect(taken).toEqual([...taken].sort((p, q) => p - q));
        pairs.forEach((j, i) => {
          if (j >= 0) expect(right[j]).toBe(left[i]);
        });
      }),
    );
  });

  it('beyond the bound, items that occur once anchor the pairing', () => {
    const a = [7, 1, 1, 100, 2, 2, 101, 7];
    const b = [3, 100, 3, 3, 101, 3];
    const pairs = commonSubsequence(Int32Array.from(a), Int32Array.from(b), 1);
    expect([pairs[3], pairs[6]]).toEqual([1, 4]);
  });

  it('handles empty sequences', () => {
    expect([...commonSubsequence(new Int32Array(0), Int32Array.from([1]), 5)]).toEqual([]);
    expect([...commonSubsequence(Int32Array.from([1]), new Int32Array(0), 5)]).toEqual([-1]);
  });
});

describe('increasing', () => {
  it('marks a longest strictly increasing subsequence and skips negatives', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 25 }), (values) => {
        const mixed = values.flatMap((value) => (value % 3 === 0 ? [-1, value] : [value]));
        const keep = increasing(Int32Array.from(mixed));
        const kept = mixed.filter((_, at) => keep[at] === 1);
        expect(kept.every((value, at) => value >= 0 && (at === 0 || value > (kept[at - 1] ?? 0)))).toBe(true);
        expect(kept.length).toBe(
          longest(
            values,
            [...values].sort((p, q) => p - q),
          ),
        );
      }),
    );
  });

  it('leaves one item out when one moved', () => {
    expect([...increasing(Int32Array.from([0, 4, 1, 2, 3, 5]))]).toEqual([1, 0, 1, 1, 1, 1]);
  });

  it('marks nothing where nothing is matched', () => {
    expect([...increasing(Int32Array.from([-1, -1]))]).toEqual([0, 0]);
  });
});
