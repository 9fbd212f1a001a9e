import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, DEFAULT_BACKOFF, hostGapMs, retryDelayMs } from '#core/net/backoff.ts';

const POLICY = { baseMs: 1000, capMs: 60_000 };
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('back-off', () => {
  it('doubles with every failure in a row up to its cap', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((failures) => backoffMs(failures, 0.999_999, POLICY))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });

  it('is zero after a success', () => {
    expect(backoffMs(0, 0.5, POLICY)).toBe(0);
  });

  it('spreads over the upper half of its window, whatever the chance and however many failures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), random, (failures, chance) => {
        const wait = backoffMs(failures, chance, POLICY);
        const window = Math.min(POLICY.capMs, POLICY.baseMs * 2 ** (failures - 1));
        expect(wait).toBeGreaterThanOrEqual(Math.floor(window / 2));
        expect(wait).toBeLessThanOrEqual(window);
      }),
    );
  });

  it('has a default that begins at a minute and ends at six hours', () => {
    expect([backoffMs(1, 1), backoffMs(100, 1)]).toEqual([60_000, 6 * 3_600_000]);
    expect(DEFAULT_BACKOFF.baseMs).toBe(60_000);
  });

  it('is never shorter than what the host asked for', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.option(fc.nat(86_400)), random, (failures, asked, chance) => {
        const wait = retryDelayMs(failures, asked, chance, POLICY);
        expect(wait).toBeGreaterThanOrEqual((asked ?? 0) * 1000);
        expect(wait).toBeGreaterThanOrEqual(backoffMs(failures, chance, POLICY));
      }),
    );
  });
});

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
