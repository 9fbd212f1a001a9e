import { describe, expect, it } from 'vitest';
import { findMentions } from '#core/dates/index.ts';
import { only, read, timeless } from '../support.ts';

describe('a date in figures', () => {
  it.each([
    ['Filed 5/6/07 late.', ['5/6/07 → 2007-05-06']],
    ['Filed 5/6/49 late.', ['5/6/49 → 2049-05-06']],
    ['Filed 5/6/50 late.', ['5/6/50 → 1950-05-06']],
    ['Filed 5.6.07 late.', []],
    ['Filed 5.6.2007 late.', ['5.6.2007 → 2007-06-05']],
    ['Filed 5-6-2007 late.', ['5-6-2007 → 2007-06-05']],
    ['Filed 5/6-2007 late.', []],
    ['Filed 12/12/2007 late.', ['12/12/2007 → 2007-12-12']],
    ['Filed 12/13/2007 late.', ['12/13/2007 → 2007-12-13']],
    ['Filed 13.12.2007 late.', ['13.12.2007 → 2007-12-13']],
    ['Filed 13/13/2007 late.', []],
    ['Filed 0/1/2007 late.', []],
    ['Filed 1/0/2007 late.', []],
    ['Filed 31/1/2007 late.', ['31/1/2007 → 2007-01-31']],
    ['Filed 32/1/2007 late.', []],
    ['Filed 1/31/2007 late.', ['1/31/2007 → 2007-01-31']],
    ['Filed 1/32/2007 late.', []],
    ['Filed 1/2/0999 late.', []],
    ['Filed 1/2/1000 late.', ['1/2/1000 → 1000-01-02']],
  ])('%s', (text, expected) => {
    expect(read(text, timeless)).toEqual(expected);
  });

  it.each([
    ['5/6/2007', true],
    ['5.6.2007', true],
    ['12/11/2007', true],
    ['12/12/2007', undefined],
    ['12/13/2007', undefined],
    ['13.12.2007', undefined],
  ])('%s can be read both ways: %s', (text, ambiguous) => {
    expect(only(`Filed ${text} late.`, timeless).ambiguous).toBe(ambiguous);
  });
});

describe('an ISO date', () => {
  it.each([
    ['2024-05-31', ['2024-05-31 → 2024-05-31']],
    ['2024-05-32', []],
    ['2024-05-31-1', []],
    ['2024-05-31-a', ['2024-05-31 → 2024-05-31']],
    ['2024-05-00', []],
    ['2024-00-10', []],
    ['2024-12-10', ['2024-12-10 → 2024-12-10']],
    ['2024-13-10', []],
    ['2024/05-06', []],
    ['2024.05.06', ['2024.05.06 → 2024-05-06']],
    ['1000-05-05', ['1000-05-05 → 1000-05-05']],
    ['0999-05-05', []],
    ['2024-W01', ['2024-W01 → 2024-W01']],
    ['2024-W53', ['2024-W53 → 2024-W53']],
    ['2024-W54', []],
    ['2024-W00', []],
    ['2024-W5', []],
    ['2024W10-3', ['2024W10-3 → 2024-W10']],
    ['2024-12', ['2024-12 → 2024-12']],
    ['2024-13', []],
    ['2011-12', ['2011-12 → 2011/2012']],
  ])('%s', (text, expected) => {
    expect(read(`Seen ${text} here.`, timeless)).toEqual(expected);
  });

  it('in an address is no date', () => {
    expect(read('Seen at /2024-05-05 here.', timeless)).toEqual([]);
  });
});

describe('a whole mention', () => {
  it('of a day', () => {
    expect(findMentions('Filed 5/6/2007 late, on the 8th at last.', timeless)).toEqual([
      {
        text: '5/6/2007',
        start: 6,
        end: 14,
        granularity: 'day',
        literal: '2007-05-06',
        value: '2007-05-06',
        role: 'event',
        basis: 'explicit',
        ambiguous: true,
      },
      {
        text: 'the 8th',
        start: 24,
        end: 31,
        granularity: 'day',
        literal: 'XXXX-XX-08',
        value: '2007-05-08',
        role: 'event',
        basis: 'inferred-year',
      },
    ]);
  });

  it('of a span, a weekday and a distance', () => {
    expect(findMentions('It ran 6-8 Mrach 2024; on Monday it stood, and a week later.', timeless)).toEqual([
      {
        text: '6-8 Mrach 2024',
        start: 7,
        end: 21,
        granularity: 'range',
        literal: '2024-03-06/2024-03-08',
        value: '2024-03-06/2024-03-08',
        role: 'event',
        basis: 'corrected-month',
      },
      {
        text: 'Monday',
        start: 26,
        end: 32,
        granularity: 'day',
        literal: 'XXXX-WXX-1',
        value: '2024-03-11',
        role: 'event',
        basis: 'weekday',
      },
      {
        text: 'a week later',
        start: 47,
        end: 59,
        granularity: 'week',
        literal: 'P1W',
        value: '2024-W12',
        role: 'event',
        basis: 'relative',
      },
    ]);
  });
});
