import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLook, hasLookAt, type Look, type LookDay, looksOf, newDay, newerRef, refOf } from '#core/schedule/looks.ts';

const DAY = '2022-01-26';
const outcomes = fc.constantFrom('unchanged', 'changed', 'refused', 'failed') as fc.Arbitrary<Look['outcome']>;
const looks: fc.Arbitrary<Look> = fc.record({
  at: fc
    .integer({ min: 0, max: 24 * 60 * 60 * 1_000 - 1 })
    .map((ms) => new Date(Date.parse(`${DAY}T00:00:00.000Z`) + ms).toISOString()),
  outcome: outcomes,
});
const begun = newDay('harbour', DAY, null);
const dayWith = (all: readonly Look[], from: LookDay = begun) => all.reduce(addLook, from);

describe('the looks of a day', () => {
  it('come back by minute and outcome, in the order of their times', () => {
    const day = dayWith([
      { at: `${DAY}T23:59:59.999Z`, outcome: 'refused' },
      { at: `${DAY}T00:00:00.000Z`, outcome: 'changed' },
      { at: `${DAY}T08:30:10.000Z`, outcome: 'unchanged' },
      { at: `${DAY}T08:31:00.000Z`, outcome: 'failed' },
    ]);
    expect(looksOf(day)).toEqual([
      { time: '00:00', outcome: 'changed' },
      { time: '08:30', outcome: 'unchanged' },
      { time: '08:31', outcome: 'failed' },
      { time: '23:59', outcome: 'refused' },
    ]);
  });

  it('are the same however often each is stored, and a repetition is no write', () => {
    fc.assert(
      fc.property(fc.array(looks, { maxLength: 60 }), (all) => {
        const once = dayWith(all);
        expect(dayWith(all, once)).toBe(once);
        expect(once.version).toBe(looksOf(once).length);
        const minutes = new Set(all.map(({ at, outcome }) => `${at.slice(11, 16)} ${outcome}`));
        expect(new Set(looksOf(once).map(({ time, outcome }) => `${time} ${outcome}`))).toEqual(minutes);
        for (const { at } of all) expect(hasLookAt(once, at)).toBe(true);
      }),
    );
  });

  it('are the same set in whichever order they were stored', () => {
    fc.assert(
      fc.property(
        fc
          .array(looks, { maxLength: 40 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const sorted = (day: LookDay) =>
            looksOf(day)
              .map(({ time, outcome }) => `${time} ${outcome}`)
              .sort();
          expect(sorted(dayWith(shuffled))).toEqual(sorted(dayWith(all)));
        },
      ),
    );
  });

  it('are bounded: a minute has an outcome once, in three characters', () => {
    const minutes = Array.from({ length: 1_440 * 3 }, (_, third) => ({
      at: new Date(Date.parse(`${DAY}T00:00:00.000Z`) + third * 20_000).toISOString(),
      outcome: 'unchanged' as const,
    }));
    const full = dayWith(minutes);
    expect(full.looks).toHaveLength(3 * 1_440);
    expect(looksOf(full)).toHaveLength(1_440);
  });
});

describe('the name of a state of looks', () => {
  it('holds whatever is stored after it, and for no other looks', () => {
    fc.assert(
      fc.property(
        fc.array(looks, { minLength: 1, maxLength: 30 }),
        fc.array(looks, { maxLength: 30 }),
        (first, later) => {
          const then = dayWith(first);
          const ref = refOf(then);
          const now = dayWith(later, then);
          expect(refOf(now, ref.count)).toEqual(ref);
          const letter = now.looks[2] === 'u' ? 'c' : 'u';
          const altered = { ...now, looks: `${now.looks.slice(0, 2)}${letter}${now.looks.slice(3)}` };
          expect(refOf(altered, ref.count).seal).not.toBe(ref.seal);
          expect(refOf({ ...now, previous: ref }, ref.count).seal).not.toBe(ref.seal);
        },
      ),
    );
  });

  it('is replaced by that of a later day, or of more looks', () => {
    const one = refOf(dayWith([{ at: `${DAY}T08:00:00.000Z`, outcome: 'failed' }]));
    expect(newerRef(null, one)).toBe(one);
    expect(newerRef(one, { ...one, count: 2 }).count).toBe(2);
    expect(newerRef(one, { ...one, day: '2022-01-25', count: 9 })).toBe(one);
    expect(newerRef(one, { ...one, day: '2022-01-27' }).day).toBe('2022-01-27');
  });
});
