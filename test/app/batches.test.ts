import fc from 'fast-check';
import { expect, it } from 'vitest';
import { batches, jsonBytes } from '#app/batches.ts';

const LIMITS = { items: 3, bytes: 20 };

it('keeps every item once, in its order, within the limits', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 30 })), (items) => {
      const made = batches(items, LIMITS);
      expect(made.flat()).toEqual(items);
      for (const batch of made) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(LIMITS.items);
        const bytes = batch.reduce((sum, item) => sum + jsonBytes(item), 0);
        if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(LIMITS.bytes);
      }
    }),
  );
});

it('begins a batch only where the item did not fit the one before', () => {
  expect(batches(['a', 'b', 'c', 'd'], LIMITS)).toEqual([['a', 'b', 'c'], ['d']]);
  expect(batches(['1234567890', '1234567890', 'x'], LIMITS)).toEqual([['1234567890'], ['1234567890', 'x']]);
  expect(batches([], LIMITS)).toEqual([]);
});

it('counts bytes, not characters', () => {
  expect(jsonBytes('ü')).toBe(5);
});
