import { describe, expect, it } from 'vitest';
import { read } from '../support.ts';

/** The mentions of a text that follows a paragraph of Tuesday, 12 March 2024. */
const following = (text: string): string[] => read(`It fell on Tuesday 12 March 2024. ${text}`).slice(1);

describe('a day pointed back to', () => {
  it.each([
    ['They met on that date.', ['that date → 2024-03-12']],
    ['They met by this very date.', ['this very date → 2024-03-12']],
    ['They met on this same date.', ['this same date → 2024-03-12']],
    ['The date of it is open.', []],
    ['The same date for all was open.', []],
    ['On that day they met.', ['that day → 2024-03-12']],
    ['From this day on they met.', ['this day → 2024-03-12']],
    ['From this day onward they met.', ['this day → 2024-03-12']],
    ['From this day onwards they met.', ['this day → 2024-03-12']],
    ['From this day forward they met.', ['this day → 2024-03-12']],
    ['From this day hereon they met.', []],
    ['From this day only they met.', []],
    ['From this day one by one they met.', []],
    ['In this day and age they met.', []],
  ])('%s', (text, expected) => {
    expect(following(text)).toEqual(expected);
  });
});

describe('a counted distance', () => {
  it.each([
    ['A mere two days later it rose.', ['A mere two days later → 2024-03-14']],
    ['Some 3 weeks ago it rose.', ['Some 3 weeks ago → 2024-W08']],
    ['Twenty days later it rose.', ['Twenty days later → 2024-04-01']],
    ['An day afterwards it rose.', ['An day afterwards → 2024-03-13']],
    ['It rose sixty days prior.', ['sixty days prior → 2024-01-12']],
    ['It rose ninety days before.', ['ninety days before → 2023-12-13']],
    ['It rose two days before the vote.', []],
    ['It rose many days later.', []],
    ['It rose two days on.', []],
    ['A month previously it rose.', ['A month previously → 2024-02']],
    ['Thirteen months earlier it rose.', ['Thirteen months earlier → 2023-02']],
    ['Forty months ago it rose.', ['Forty months ago → 2020-11']],
    ['A year later it rose.', ['A year later → 2025']],
    ['Fifty years ago it rose.', ['Fifty years ago → 1974']],
  ])('%s', (text, expected) => {
    expect(following(text)).toEqual(expected);
  });

  it.each([
    ['one', 1],
    ['two', 2],
    ['three', 3],
    ['four', 4],
    ['five', 5],
    ['six', 6],
    ['seven', 7],
    ['eight', 8],
    ['nine', 9],
    ['ten', 10],
    ['eleven', 11],
    ['twelve', 12],
    ['thirteen', 13],
    ['fourteen', 14],
    ['fifteen', 15],
    ['sixteen', 16],
    ['seventeen', 17],
    ['eighteen', 18],
    ['nineteen', 19],
  ])('of %s days', (word, days) => {
    expect(following(`It rose ${word} days later.`)).toEqual([
      `${word} days later → 2024-03-${String(12 + days).padStart(2, '0')}`,
    ]);
  });
});

describe('a named neighbour', () => {
  it.each([
    ['On the very next day it rose.', ['the very next day → 2024-03-13']],
    ['The preceding day it rose.', ['The preceding day → 2024-03-11']],
    ['By the end of the following week it rose.', ['the end of the following week → 2024-W12']],
    ['Earlier this month it rose.', ['Earlier this month → 2024-03']],
    ['Later this year it rose.', ['Later this year → 2024']],
    ['In the coming week it rose.', ['the coming week → 2024-W11']],
    ['In the coming month it rose.', ['the coming month → 2024-03']],
    ['The coming day it rose.', []],
    ['The last day it rose.', []],
    ['The previous day or two it rose.', []],
    ['The next year of all it rose.', []],
    ['This month of all it rose.', ['This month → 2024-03']],
    ['By the end of the month it rose.', ['the end of the month → 2024-03']],
    ['By the middle of the year it rose.', ['the middle of the year → 2024']],
    ['From the start of the year long ago it rose.', []],
    ['By the end of the week it rose.', []],
    ['By month’s end it rose.', ['month’s end → 2024-03']],
    ["By month's end it rose.", ["month's end → 2024-03"]],
    ['By month’s ending it rose.', []],
    ['The day after was calm.', ['The day after → 2024-03-13']],
    ['It rose the day before.', ['the day before → 2024-03-11']],
    ['The day following, it rose.', ['The day following → 2024-03-13']],
    ['The day after the vote it rose.', []],
  ])('%s', (text, expected) => {
    expect(following(text)).toEqual(expected);
  });
});

describe('"the coming week" is', () => {
  it.each([
    ['13 March', 'this one up to Wednesday', '2024-W11'],
    ['14 March', 'the next one from Thursday on', '2024-W12'],
  ])('on %s %s', (day, _, week) => {
    expect(read(`It fell on ${day} 2024. In the coming week it rose.`)[1]).toBe(`the coming week → ${week}`);
  });
});

describe('"today", "yesterday" and "tomorrow"', () => {
  it.each([
    ['It was announced today.', ['today → 2024-03-12']],
    ['They signed it there today.', ['today → 2024-03-12']],
    ['The harbour of today is large.', []],
    ['It is large today.', []],
    ['It said so of today.', []],
    ['It rose yesterday.', ['yesterday → 2024-03-11']],
    ['It rises tomorrow.', ['tomorrow → 2024-03-13']],
    ['"It rose yesterday," she said.', []],
    ['“It rose yesterday,” she said; it fell tomorrow.', ['tomorrow → 2024-03-13']],
  ])('%s', (text, expected) => {
    expect(following(text)).toEqual(expected);
  });
});

describe('a week of a month', () => {
  it.each([
    ['the first week of May', 'the first week of May → 2024-W18'],
    ['the opening week of May', 'the opening week of May → 2024-W18'],
    ['the second full week of June 2024', 'the second full week of June 2024 → 2024-W24'],
    ['third week of June', 'third week of June → 2024-W25'],
    ['the fourth week of June', 'the fourth week of June → 2024-W26'],
    ['the last week of May', 'the last week of May → 2024-W22'],
    ['the final week of May', 'the final week of May → 2024-W22'],
    ['the closing three weeks of April', 'the closing three weeks of April → 2024-W15/2024-W17'],
    ['the last two weeks of February 1951', 'the last two weeks of February 1951 → 1951-W07/1951-W08'],
  ])('%s', (phrase, expected) => {
    expect(following(`It rose in ${phrase}.`)).toEqual([expected]);
  });

  it.each(['the first week of may, he said', 'the first week of all', 'the fifth week of glass'])(
    'not: %s',
    (phrase) => {
      expect(following(`It rose in ${phrase}.`)).toEqual([]);
    },
  );
});

describe('a feast that keeps its day', () => {
  it.each([
    ['It rose on New Year’s Eve.', ['New Year’s Eve → 2023-12-31']],
    ['It rose on New Years Day 2023.', ['New Years Day 2023 → 2023-01-01']],
    ['It rose on Christmas Day.', ['Christmas Day → 2023-12-25']],
    ['It rose on Christmas Eve 1999.', ['Christmas Eve 1999 → 1999-12-24']],
    ['It rose by Christmas.', ['Christmas → 2023-12-25']],
    ['It rose on the eve of the vote.', []],
    ['It rose like a Christmas tree.', []],
    ['It rose at christmas.', []],
  ])('%s', (text, expected) => {
    expect(following(text)).toEqual(expected);
  });
});
