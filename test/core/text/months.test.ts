import { describe, expect, it } from 'vitest';
import { monthNames, monthNumber, shortMonths } from '#core/text/months.ts';

describe('month names', () => {
  it('are those of the calendar, in its order', () => {
    const english = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
    const days = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2022, month, 1)));
    expect(monthNames).toEqual(days.map((day) => english.format(day)));
    expect(shortMonths.join(' ')).toBe('jan feb mar apr may jun jul aug sep oct nov dec');
  });

  it('are read in full and shortened, in any case', () => {
    for (const [index, name] of monthNames.entries()) {
      for (const word of [name, name.toLowerCase(), name.toUpperCase(), name.slice(0, 3)]) {
        expect(monthNumber(word), word).toBe(index + 1);
      }
    }
    expect([monthNumber('Sept'), monthNumber('febr')]).toEqual([9, 2]);
  });

  it.each(['', 'janaury', 'ma', 'mayor', 'marc', 'jan.', 'constructor'])('are not read in "%s"', (word) => {
    expect(monthNumber(word)).toBeNull();
  });
});
