import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayFromEpoch,
  daysInMonth,
  epochDay,
  formatDay,
  formatMonth,
  formatWeek,
  formatYear,
  isLeapYear,
  parseDay,
  weekdayOf,
} from '#core/dates/calendar.ts';

const epoch = fc.integer({ min: -1_000_000, max: 1_000_000 });

describe('the calendar agrees with the platform', () => {
  it('on every day that Date can name', () => {
    fc.assert(
      fc.property(epoch, (days) => {
        const date = new Date(days * 86_400_000);
        const day = dayFromEpoch(days);
        expect(day).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
        expect(epochDay(day)).toBe(days);
        expect(weekdayOf(day) % 7).toBe(date.getUTCDay());
      }),
    );
  });

  it('and its months have the days that Date gives them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const last = new Date(Date.UTC(2000, month, 0));
        last.setUTCFullYear(year, month, 0);
        expect(daysInMonth(year, month)).toBe(last.getUTCDate());
      }),
    );
  });
});

describe('arithmetic', () => {
  it('crosses years both ways', () => {
    expect(addDays({ year: 2023, month: 12, day: 31 }, 1)).toEqual({ year: 2024, month: 1, day: 1 });
    expect(addMonths(2024, 1, -1)).toEqual({ year: 2023, month: 12 });
    expect(addMonths(2023, 12, 2)).toEqual({ year: 2024, month: 2 });
  });

  it('has leap years, and a leap day without a year exists', () => {
    expect([1900, 2000, 2023, 2024].map(isLeapYear)).toEqual([false, true, false, true]);
    expect(daysInMonth(null, 2)).toBe(29);
  });
});

describe('ISO 8601', () => {
  it.each([
    [{ year: 2022, month: 1, day: 13 }, '2022-W02'],
    [{ year: 2021, month: 1, day: 3 }, '2020-W53'],
    [{ year: 2018, month: 12, day: 31 }, '2019-W01'],
  ])('week of %j', (day, week) => {
    expect(formatWeek(day)).toBe(week);
  });

  it('marks what is unknown and signs years outside four digits', () => {
    expect(formatDay(null, 1, 2)).toBe('XXXX-01-02');
    expect(formatDay(null, null, 2)).toBe('XXXX-XX-02');
    expect(formatMonth(-479, 8)).toBe('-0479-08');
    expect(formatYear(20222)).toBe('+20222');
  });

  it('reads back only days that exist', () => {
    expect(parseDay('2024-02-29')).toEqual({ year: 2024, month: 2, day: 29 });
    expect([parseDay('2023-02-29'), parseDay('2023-13-01'), parseDay('2023-1-1'), parseDay('')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
