import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate, parseRetryAfter } from '#core/net/retry-after.ts';

const NOW = Date.parse('2022-01-31T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    ['0', 0],
    [' 7 ', 7],
    ['007', 7],
    ['86399', 86_399],
    ['86401', 86_400],
    ['99999999999999999', 86_400],
    ['Mon, 31 Jan 2022 12:02:00 GMT', 120],
    ['Monday, 31-Jan-22 12:02:00 GMT', 120],
    ['Mon Jan 31 12:02:00 2022', 120],
    ['Tue Feb  1 00:00:00 2022', 43_200],
    ['mon, 31 jan 2022 12:02:00 gmt', 120],
    ['Mon, 31 Jan 2022 11:00:00 GMT', 0],
    ['Tue, 01 Feb 2022 11:59:59 GMT', 86_399],
    ['Tue, 01 Feb 2022 12:00:01 GMT', 86_400],
    ['Fri, 31 Dec 2100 00:00:00 GMT', 86_400],
    ['Sat, 31 Dec 2016 23:59:60 GMT', 0],
  ])('%s is %d seconds', (value, seconds) => {
    expect(parseRetryAfter(value, NOW)).toBe(seconds);
  });

  it.each([
    [null],
    [undefined],
    [''],
    ['soon'],
    ['-1'],
    ['1.5'],
    ['1e3'],
    ['0x10'],
    ['120 seconds'],
    ['2022-01-31T12:02:00Z'],
    ['Mon, 31 Jan 2022 12:02:00 +0100'],
    ['Mon, 31 Feb 2022 12:02:00 GMT'],
    ['Mon, 31 Foo 2022 12:02:00 GMT'],
    ['Mon, 31 Jan 2022 25:02:00 GMT'],
    ['Mon, 00 Jan 2022 12:02:00 GMT'],
  ])('%s is not understood, so it asks for nothing', (value) => {
    expect(parseRetryAfter(value, NOW)).toBeNull();
  });

  it('of 100 KB is refused at a glance', () => {
    for (const value of ['1'.repeat(100_000), `Mon, ${' '.repeat(100_000)}`, 'a'.repeat(100_000)]) {
      expect(parseRetryAfter(value, NOW)).toBeNull();
    }
  });

  it('reads back every second of the HTTP-dates of 1970 to 2100', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
        expect(parseHttpDate(new Date(seconds * 1000).toUTCString(), NOW)).toBe(seconds * 1000);
      }),
    );
  });

  it('takes a two-digit year that seems more than 50 years ahead for a past one', () => {
    const yearOf = (digits: string) =>
      new Date(parseHttpDate(`Sunday, 06-Nov-${digits} 08:49:37 GMT`, NOW) ?? Number.NaN).getUTCFullYear();
    expect(['22', '72', '73', '94'].map(yearOf)).toEqual([2022, 2072, 1973, 1994]);
  });
});
