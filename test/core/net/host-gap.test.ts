import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostGapMs } from '#core/net/host-gap.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the gap between two requests to a host', () => {
  it('is the longer of the minimum and the crawl-delay', () => {
    expect([hostGapMs(1000, null, 0), hostGapMs(1000, 10, 0), hostGapMs(20_000, 10, 0)]).toEqual([
      1000, 10_000, 20_000,
    ]);
  });

  it('is never shortened by its jitter and at most a quarter longer', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.option(fc.nat(300)), random, (minimum, delay, chance) => {
        const least = Math.max(minimum, (delay ?? 0) * 1000);
        const gap = hostGapMs(minimum, delay, chance);
        expect(gap).toBeGreaterThanOrEqual(least);
        expect(gap).toBeLessThanOrEqual(Math.ceil(least * 1.25));
      }),
    );
  });
});
