import { describe, expect, it } from 'vitest';
import { monthNames, shortMonths } from '#core/text/months.ts';

describe('month names', () => {
  it('are those of the calendar, in its order', () => {
    const english = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
    const days = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2022, month, 1)));
    expect(monthNames).toEqual(days.map((day) => english.format(day)));
    expect(shortMonths.join(' ')).toBe('jan feb mar apr may jun jul aug sep oct nov dec');
  });
});
