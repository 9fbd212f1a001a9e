import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Layer, type Place } from '#core/dates/story/beam.ts';

const place = (at: number, cost = 0, left: number | null = null): Place => ({
  at,
  left,
  weight: Math.exp(-cost),
  cost,
  rest: 0,
  step: null,
});

describe('a layer of places', () => {
  it('adds up the ways to one place', () => {
    const layer = new Layer();
    const from = place(10);
    layer.offer(from, Math.log(2), 11, null, 1941);
    layer.offer(from, Math.log(4), 11, null, 1941);
    layer.offer(from, Math.log(4), 12, null, 1942);
    const { places, cost } = layer.close();
    expect(places.map(({ at, weight }) => [at, Number(weight.toFixed(6))])).toEqual([
      [11, 0.75],
      [12, 0.25],
    ]);
    expect(cost).toBeCloseTo(0);
  });

  it('tells apart the same place on and off the main story', () => {
    const layer = new Layer();
    layer.offer(place(10), 0, 11, null, 1941);
    layer.offer(place(10), 0, 11, 10, 1941);
    expect(layer.close().places.map(({ left }) => left)).toEqual([null, 10]);
  });

  it('drops what is far too dear, whether offered before or after the best', () => {
    const layer = new Layer();
    layer.offer(place(10), 30, 20, null, 1950);
    layer.offer(place(10), 0, 11, null, 1941);
    layer.offer(place(10), 30, 30, null, 1960);
    expect(layer.close().places.map(({ at }) => at)).toEqual([11]);
  });

  it('is empty after it was closed', () => {
    const layer = new Layer();
    layer.offer(place(10), 0, 11, null, 1941);
    layer.close();
    expect(layer.size).toBe(0);
    layer.offer(place(10), 0, 12, null, 1942);
    expect(layer.close().places.map(({ at }) => at)).toEqual([12]);
  });

  it('keeps few places, the likeliest first, and weights that add up to one', () => {
    const offers = fc.array(
      fc.record({
        at: fc.integer({ min: -130_000, max: 30_000 }),
        left: fc.option(fc.integer({ min: -130_000, max: 30_000 }), { nil: null }),
        cost: fc.double({ min: 0, max: 40, noNaN: true }),
      }),
      { minLength: 1, maxLength: 100 },
    );
    fc.assert(
      fc.property(offers, (all) => {
        const layer = new Layer();
        for (const { at, left, cost } of all) layer.offer(place(0), cost, at, left, 0);
        const { places, cost } = layer.close();
        const weights = places.map(({ weight }) => weight);
        expect(places.length).toBeGreaterThan(0);
        expect(places.length).toBeLessThanOrEqual(10);
        expect([...weights].sort((a, b) => b - a)).toEqual(weights);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
        expect(Number.isFinite(cost)).toBe(true);
        expect(new Set(places.map(({ at, left }) => `${at} ${left}`)).size).toBe(places.length);
      }),
    );
  });
});
