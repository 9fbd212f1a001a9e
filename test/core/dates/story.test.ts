import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Scene, yearsOfStory } from '#core/dates/story.ts';
import { costsFor, storyCosts } from '#core/dates/storyCosts.ts';
import { page, timeless } from './support.ts';

const base: Omit<Scene, 'year' | 'month' | 'day' | 'lastMonth'> = {
  after: 'block',
  chapter: false,
  aside: false,
  soft: false,
  backwards: false,
};

function scene(year: number | null, month: number | null, day: number | null = null, more: Partial<Scene> = {}): Scene {
  return { ...base, year, month, day, lastMonth: month, ...more };
}

describe('the search for a story’s years', () => {
  it('carries a year on', () => {
    expect(yearsOfStory([scene(1941, 6, 22), scene(null, 8), scene(null, 10)])).toEqual([1941, 1941, 1941]);
  });

  it('turns the year when the months begin again', () => {
    expect(yearsOfStory([scene(1941, 11), scene(null, 12, 7), scene(null, 1), scene(null, 2)])).toEqual([
      1941, 1941, 1942, 1942,
    ]);
  });

  it('reads what comes before the first year by what follows it', () => {
    expect(yearsOfStory([scene(null, 6), scene(null, 8), scene(1940, 9)])).toEqual([1940, 1940, 1940]);
  });

  it('returns from a digression', () => {
    const years = yearsOfStory([
      scene(1975, 3, 10),
      scene(2009, null, null, { after: 'sentence' }),
      scene(null, 3, 20),
      scene(1975, 4, 7),
    ]);
    expect(years).toEqual([1975, 2009, 1975, 1975]);
  });

  it('lets a heading open its own time', () => {
    const years = yearsOfStory([
      scene(1944, 11),
      scene(1950, null, null, { chapter: true }),
      scene(null, 6),
      scene(null, 9),
    ]);
    expect(years).toEqual([1944, 1950, 1950, 1950]);
  });

  it('runs a winter’s span into the next year', () => {
    expect(yearsOfStory([scene(1944, 9), scene(null, 10, null, { lastMonth: 3 }), scene(null, 5, 3)])).toEqual([
      1944, 1944, 1945,
    ]);
  });

  it('puts a leap day into a leap year', () => {
    expect(yearsOfStory([scene(2008, 1), scene(null, 2, 29), scene(2008, 3)])[1]).toBe(2008);
  });

  it('looks back for "the previous April"', () => {
    expect(yearsOfStory([scene(1918, 9, 2), scene(null, 4, null, { backwards: true }), scene(null, 9, 10)])).toEqual([
      1918, 1918, 1918,
    ]);
  });

  it('names no year where none is written', () => {
    expect(yearsOfStory([scene(null, 4), scene(null, 5)])).toEqual([]);
  });

  it('believes a written year that fits and doubts, on a careless page, one that breaks the order', () => {
    const told = [scene(1963, 1, 2), scene(1964, 8, 21), scene(1963, 9), scene(1963, 11, 2), scene(1963, 12, 25)];
    expect(yearsOfStory(told, costsFor(1))[1]).toBe(1963);
    expect(yearsOfStory([scene(1963, 1, 2), scene(1964, 8, 21), scene(1964, 9)], costsFor(1))[1]).toBe(1964);
  });

  it('doubts less the better the author spells', () => {
    expect(costsFor(0)).toEqual(storyCosts);
    expect(costsFor(0.1).typo).toBeLessThan(costsFor(0).typo);
    expect(costsFor(0.9).typo).toBe(costsFor(0.2).typo);
  });

  it('answers one year for every scene, whatever the order', () => {
    const any = fc.record({
      year: fc.option(fc.integer({ min: 1000, max: 2100 }), { nil: null }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.option(fc.integer({ min: 1, max: 31 }), { nil: null }),
      after: fc.constantFrom('words', 'sentence', 'block'),
      chapter: fc.boolean(),
      aside: fc.boolean(),
      soft: fc.boolean(),
      backwards: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (scenes) => {
        const told = scenes.map((s): Scene => ({ ...s, after: s.after as Scene['after'], lastMonth: s.month }));
        const years = yearsOfStory(told);
        expect(years).toHaveLength(scenes.some((s) => s.year !== null) ? scenes.length : 0);
        for (const year of years) expect(Number.isInteger(year)).toBe(true);
      }),
    );
  });
});

describe('prose without a period', () => {
  it('is dated by its own years and never by the day it was seen', () => {
    const texts = [
      'On 3 May 1808 the town rose.',
      'By August the siege was lifted, and on 5 December it returned.',
      'In February the town fell.',
    ];
    const values = (observedAt: string): (string | null)[] =>
      page(texts, { ...timeless, observedAt }).blocks.flatMap((b) => b.mentions.map((m) => m.value));
    expect(values('2031-07-01T00:00:00Z')).toEqual(['1808-05-03', '1808-08', '1808-12-05', '1809-02']);
    expect(values('1999-01-01T00:00:00Z')).toEqual(values('2031-07-01T00:00:00Z'));
  });

  it('shares a year written once with the date joined to it', () => {
    const [first] = page(['It ran 31 May-1 June 1916 at sea.'], timeless).blocks;
    expect(first?.mentions[0]).toMatchObject({ literal: 'XXXX-05-31/1916-06-01', value: '1916-05-31/1916-06-01' });
  });

  it('reads a mistyped millennium by the story', () => {
    const [, second] = page(['On 3 May 1808 the town rose.', 'On 9 May 3033 it fell.'], timeless).blocks;
    expect(second?.mentions[0]).toMatchObject({ literal: '3033-05-09', value: '1808-05-09', basis: 'corrected-year' });
  });
});
