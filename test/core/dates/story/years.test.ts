import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scene } from '#core/dates/story/scene.ts';
import { yearsOfStory } from '#core/dates/story/years.ts';
import { page, sceneOf as scene, timeless } from '../support.ts';

/** Days that no calendar has: their years are slips beyond doubt. */
const sureSlips = [1937, 1938, 1939].map((year) => scene(year, 2, 29));

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

  it('believes a written year that fits, and doubts on a careless page one that breaks the order', () => {
    const told = [scene(1963, 1, 2), scene(1964, 2, 21), scene(1963, 3), scene(1963, 4, 2), scene(1963, 5, 25)];
    expect(yearsOfStory(told, 1)[1]).toBe(1963);
    expect(yearsOfStory([scene(1963, 1, 2), scene(1964, 8, 21), scene(1964, 9)], 1)[1]).toBe(1964);
  });

  it('believes a careful author’s way out and back', () => {
    const told = [scene(1963, 1, 2), scene(1964, 8, 21), scene(1963, 3), scene(1963, 4, 2)];
    expect(yearsOfStory(told, 0)).toEqual([1963, 1964, 1963, 1963]);
  });

  it('corrects a slip between close dates, and what follows it without a year', () => {
    const inside = { after: 'sentence' } as const;
    const told = [
      scene(1941, 6, 2),
      scene(1941, 6, 9, inside),
      scene(1942, 6, 12, inside),
      scene(null, 6, 13, inside),
      scene(1941, 6, 20, inside),
      scene(1941, 6, 28, inside),
    ];
    expect(yearsOfStory(told, 1)).toEqual([1941, 1941, 1941, 1941, 1941, 1941]);
  });

  it('trusts less an author found out in other years', () => {
    const doubtful = [scene(1941, 4, 9), scene(1942, 7, 12), scene(1941, 9, 20), scene(1941, 10, 28)];
    expect(yearsOfStory(doubtful)[1]).toBe(1942);
    expect(yearsOfStory([...sureSlips, ...doubtful]).slice(-3)).toEqual([1941, 1941, 1941]);
  });

  it('takes a day told elsewhere for the same day', () => {
    const [before, between, after] = [scene(1914, 1), scene(1919, 6), scene(1918, 12)];
    const told = (other: number): number =>
      yearsOfStory([before, scene(1918, 11, 11), between, scene(other, 11, 11), after], 1)[3] ?? 0;
    expect(told(1917)).toBe(1918);
    expect(told(1914)).toBe(1914);
  });

  it('believes the weekday where it gives one year only', () => {
    // 7 December was a Sunday in 1941 and a Monday in 1942.
    const told = (weekday: number | null): number | undefined =>
      yearsOfStory([scene(1941, 10), scene(1942, 12, 7, { weekday }), scene(1943, 2)], 1)[1];
    expect(told(7)).toBe(1941);
    expect(told(1)).toBe(1942);
    expect(told(null)).toBe(1942);
  });

  it('never leaves a day that its year does not have', () => {
    expect(yearsOfStory([scene(1944, 1), scene(1943, 2, 29), scene(1945, 3)])[1]).toBe(1944);
  });

  it('never ends a span before it begins', () => {
    const told = (month: number): number[] =>
      yearsOfStory(
        [...sureSlips, scene(1941, 3), scene(1942, month, null, { until: true, after: 'words' }), scene(1941, 4)],
        1,
      );
    expect(told(1).slice(3)).toEqual([1941, 1942, 1941]);
  });

  it('counts headings up', () => {
    const heading = (year: number, counted: number | null): Scene =>
      scene(year, null, null, { chapter: true, counted });
    const told = [heading(2003, null), heading(2005, 2004), scene(null, 3), heading(2005, null), scene(null, 3)];
    expect(yearsOfStory(told, 1)).toEqual([2003, 2004, 2004, 2005, 2005]);
  });

  it('holds "of that year" in the year reached', () => {
    const told = (held: boolean): number | undefined =>
      yearsOfStory([scene(1793, 9, 5), scene(null, 2, null, { held })])[1];
    expect(told(true)).toBe(1793);
    expect(told(false)).toBe(1794);
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
      held: fc.boolean(),
      until: fc.boolean(),
      about: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
      cue: fc.constantFrom(-1, 0, 1),
      counted: fc.option(fc.integer({ min: 1000, max: 2100 }), { nil: null }),
      weekday: fc.option(fc.integer({ min: 1, max: 7 }), { nil: null }),
      chapterFrom: fc.option(fc.integer({ min: 1000, max: 2100 }), { nil: null }),
      chapterTo: fc.option(fc.integer({ min: 1000, max: 2100 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (scenes) => {
        const told = scenes.map(
          (s): Scene => ({ ...s, after: s.after as Scene['after'], cue: s.cue as Scene['cue'], lastMonth: s.month }),
        );
        const years = yearsOfStory(told, 1);
        expect(years).toHaveLength(scenes.some((s) => s.year !== null) ? scenes.length : 0);
        for (const [i, year] of years.entries()) {
          expect(Number.isInteger(year)).toBe(true);
          // A written year is at most one off: more would be another claim, not a repair.
          const written = told[i]?.year ?? null;
          if (written !== null) expect(Math.abs(year - written)).toBeLessThanOrEqual(1);
        }
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

  it('repairs a year that its neighbours and its weekday deny, and says what was written', () => {
    const texts = [
      'On Thursday, 2 October 1941 the ferry was laid up. On 9 November 1941 it sailed.',
      'On Sunday, 7 December 1942 it sank. Two days later it was raised.',
      'On 20 December 1941 it sailed again, and on 5 January 1942 it was sold.',
    ];
    const mentions = page(texts, timeless).blocks.flatMap((b) => b.mentions);
    expect(mentions.map((m) => m.value)).toEqual([
      '1941-10-02',
      '1941-11-09',
      '1941-12-07',
      '1941-12-09',
      '1941-12-20',
      '1942-01-05',
    ]);
    expect(mentions[2]).toMatchObject({ literal: '1942-12-07', basis: 'corrected-year' });
  });

  it('leaves flash-backs and looks ahead as they are written', () => {
    const texts = [
      'On 3 May 1808 the town rose. It had been built in June 1807, and would not be free until May 1809.',
      'On 9 May 1808 the bridge fell.',
    ];
    const bases = page(texts, timeless).blocks.flatMap((b) => b.mentions.map((m) => m.basis));
    expect(bases).toEqual(['explicit', 'explicit', 'explicit', 'explicit']);
  });

  it('reads a mistyped millennium by the story', () => {
    const [, second] = page(['On 3 May 1808 the town rose.', 'On 9 May 3033 it fell.'], timeless).blocks;
    expect(second?.mentions[0]).toMatchObject({ literal: '3033-05-09', value: '1808-05-09', basis: 'corrected-year' });
  });
});
