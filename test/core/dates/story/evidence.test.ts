import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storyCosts } from '#core/dates/story/costs.ts';
import { Evidence } from '#core/dates/story/evidence.ts';
import type { Scene } from '#core/dates/story/scene.ts';
import { sceneOf } from '../support.ts';

const evidence = (scenes: readonly Scene[]): Evidence =>
  new Evidence(
    scenes,
    scenes.map(({ year }) => year),
    storyCosts,
  );

/** How much dearer a year is than the written one. */
const dearer = (scenes: readonly Scene[], index: number, year: number): number => {
  const of = evidence(scenes);
  return of.cost(index, year) - of.cost(index, scenes[index]?.year ?? 0);
};

describe('what a text says of a year', () => {
  it('prefers the years of the dates about it', () => {
    const told = [sceneOf(1941, 5), sceneOf(1941, 6), sceneOf(1942, 6), sceneOf(1941, 7), sceneOf(1941, 8)];
    expect(dearer(told, 2, 1941)).toBeLessThan(0);
    expect(dearer(told, 1, 1942)).toBeGreaterThan(0);
  });

  it('hardly hears what stands far off', () => {
    const near = [sceneOf(1942, 6), sceneOf(1941, 6)];
    const far = [sceneOf(1942, 6), ...Array.from({ length: 9 }, () => sceneOf(1800, 1)), sceneOf(1941, 6)];
    expect(dearer(near, 0, 1941)).toBeLessThan(dearer(far, 0, 1941));
  });

  it('credits a day that is told elsewhere, but not by itself', () => {
    const told = [sceneOf(1918, 11, 11), sceneOf(1917, 11, 11), sceneOf(1917, 3, 2)];
    expect(evidence(told).cost(1, 1918)).toBeLessThan(
      evidence([sceneOf(1918, 11, 12), ...told.slice(1)]).cost(1, 1918),
    );
    expect(dearer([sceneOf(1917, 11, 11)], 0, 1918)).toBe(0);
  });

  it('knows the calendar', () => {
    expect(dearer([sceneOf(1943, 2, 29)], 0, 1944)).toBeLessThan(-storyCosts.typo);
    expect(dearer([sceneOf(1942, 12, 7, { weekday: 7 })], 0, 1941)).toBe(-storyCosts.weekday);
  });

  it('keeps to the years of the heading above', () => {
    const within = sceneOf(1964, 3, 1, { chapterFrom: 1960, chapterTo: 1963 });
    expect(dearer([within], 0, 1963)).toBe(-storyCosts.outsideChapter);
    expect(dearer([{ ...within, year: 1962 }], 0, 1963)).toBe(0);
  });

  it('lets headings count', () => {
    expect(dearer([sceneOf(2005, null, null, { chapter: true, counted: 2004 })], 0, 2004)).toBe(-storyCosts.counted);
  });

  it('is a number for any scenes', () => {
    const any = fc.record({
      year: fc.option(fc.integer({ min: -3000, max: 2100 }), { nil: null }),
      month: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
      day: fc.option(fc.integer({ min: 1, max: 31 }), { nil: null }),
    });
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: -3000, max: 2100 }),
        (dates, year) => {
          const of = evidence(dates.map((date) => sceneOf(date.year, date.month, date.day)));
          for (const index of dates.keys()) expect(Number.isFinite(of.cost(index, year))).toBe(true);
        },
      ),
    );
  });
});
