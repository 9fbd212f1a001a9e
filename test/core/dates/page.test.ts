import { describe, expect, it } from 'vitest';
import { block, march2024, only, page, timeless } from './support.ts';

const dates = (result: ReturnType<typeof page>): (string | null)[] => result.blocks.map((b) => b.date);
const bases = (result: ReturnType<typeof page>): string[] => result.blocks.map((b) => b.dateBasis);

describe('mistyped years on a page with a period', () => {
  it.each([
    ['He said so on 10 March 2023.', '2024-03-10', 'corrected-year'],
    ['He said so on 10 March 2025.', '2024-03-10', 'corrected-year'],
    ['He said so on 01 March 3033.', '2024-03-01', 'corrected-year'],
    ['He said so on 01 March 20224.', '2024-03-01', 'corrected-year'],
    ['He said so on 10 February 2024.', '2024-02-10', 'explicit'],
    ['He said so on 10 December 2023.', '2023-12-10', 'explicit'],
    ['He said so on 10 March 2014.', '2014-03-10', 'explicit'],
    ['A year earlier, on 10 March 2023, he had said no.', '2023-03-10', 'explicit'],
    ['It has lain idle since 10 March 2023.', '2023-03-10', 'explicit'],
    ['The lease expires on 10 March 2025.', '2025-03-10', 'explicit'],
    ['The stamp says 2023-03-10.', '2023-03-10', 'explicit'],
  ])('%s', (text, value, basis) => {
    const days = page([text]).blocks[0]?.mentions.filter((m) => m.granularity === 'day');
    expect(days).toMatchObject([{ value, basis }]);
  });

  it('keeps the written date with the one that is meant', () => {
    expect(only('He said so on 10 March 2023.')).toMatchObject({ text: '10 March 2023', literal: '2023-03-10' });
  });

  it('is not changed by a typo in the paragraph before', () => {
    const result = page(['He said so on 10 March 2023.', 'They met on March 12.']);
    expect(dates(result)).toEqual(['2024-03-10', '2024-03-12']);
  });
});

describe('sections of several years', () => {
  const heading = (text: string, level: number) => ({ ...block(text), kind: 'heading' as const, level });

  it('each give their own year, also where the first of them opens the page', () => {
    const sections = [
      heading('The harbour', 1),
      heading('2019', 2),
      'On 5 May it froze.',
      heading('2020', 2),
      'On 6 June it was dredged.',
      heading('2021', 2),
      'On 7 July it froze over.',
    ];
    const result = page(sections, timeless);
    expect(result.period).toBeNull();
    expect(dates(result).filter((date) => date !== null)).toEqual(['2019-05-05', '2020-06-06', '2021-07-07']);
  });

  it('do not contradict a page that names its year', () => {
    const result = page(
      [heading('The harbour in 2022', 1), heading('2019', 2), 'It was new.', heading('2022', 2)],
      timeless,
    );
    expect(result.period).toBe('2022');
  });
});

describe('the event date of a paragraph', () => {
  it.each([
    ['the latest day that is reported', 'Talks were held on 10 March, and again on 12 March.', '2024-03-12'],
    ['not the latest that is announced', 'The board said on 10 March that it will vote on 20 March.', '2024-03-10'],
    [
      'the first announced where nothing is reported',
      'The board will vote on 20 March and would report on 25 March.',
      '2024-03-20',
    ],
    ['not history', 'The port, bombed on 3 May 1941, reopened on 10 March.', '2024-03-10'],
    ['not a deadline', 'On 10 March owners were given until 30 March to answer.', '2024-03-10'],
    ['the end of a range', 'The crews struck from 10 March to 14 March 2024.', '2024-03-14'],
    ['what it looks back to, if that is all', 'This echoes comments made at the dinner of 8 March.', '2024-03-08'],
  ])('is %s', (_, text, date) => {
    expect(dates(page([text]))).toEqual([date]);
  });

  it('is inherited from the nearest dated paragraph before, in document order', () => {
    const result = page([
      'Undated.',
      'He said so on 12 March 2024.',
      'Undated.',
      'He said so on 9 March 2024.',
      'In 2015 it was new.',
    ]);
    expect(dates(result)).toEqual([null, '2024-03-12', '2024-03-12', '2024-03-09', '2024-03-09']);
    expect(bases(result)).toEqual(['none', 'explicit', 'inherited', 'explicit', 'inherited']);
  });

  it('has the rule that gave it', () => {
    const result = page([
      'On 12 Mrach 2024 he left.',
      'On March 13 he came.',
      'On Thursday he rested.',
      'He left the next day.',
    ]);
    expect(bases(result)).toEqual(['corrected-month', 'inferred-year', 'weekday', 'relative']);
    expect(dates(result)).toEqual(['2024-03-12', '2024-03-13', '2024-03-14', '2024-03-15']);
  });
});

describe('roles', () => {
  it.each([
    ['The minister spoke on 12 March.', 'event'],
    ['The two sides would hold much-anticipated talks on 12 March.', 'scheduled'],
    ['The bridge will be opened on 12 March.', 'scheduled'],
    ['The vote, scheduled for 20 March, was off.', 'scheduled'],
    ['They agreed following the talks they held on 12 March.', 'event'],
    ['No ship has left since 2 March.', 'background'],
    ['Owners must answer by 30 March.', 'deadline'],
    ['The harbour was founded on 3 May 1841.', 'historical'],
  ])('%s → %s', (text, role) => {
    expect(only(text).role).toBe(role);
  });
});

describe('headings', () => {
  it('give the title month as context and to no paragraph', () => {
    const result = page([block('Strike - March 2024', 'heading', 1), 'Undated.']);
    expect(result.blocks[0]).toMatchObject({ date: '2024-03' });
    expect(result.blocks[0]?.mentions[0]?.role).toBe('context');
    expect(dates(result)).toEqual(['2024-03', null]);
  });

  it('date the paragraphs under them, until a heading of their rank', () => {
    const result = page([
      block('Crews storm a crane | March 9th', 'heading', 3),
      'Undated.',
      block('Sources', 'heading', 4),
      'Undated.',
      'It had begun on 7 March.',
      'Undated.',
      block('Elsewhere', 'heading', 3),
      'Undated.',
    ]);
    expect(dates(result)).toEqual([
      '2024-03-09',
      '2024-03-09',
      '2024-03-09',
      '2024-03-09',
      '2024-03-07',
      '2024-03-09',
      null,
      null,
    ]);
    expect(bases(result)[1]).toBe('heading');
  });

  it('without a year, on a page without one, are of the year in which the page was seen', () => {
    const seen = { ...timeless, observedAt: '2020-06-02T19:50:42-05:00' };
    const result = page(
      [
        block('Crews storm a crane | May 31st', 'heading', 3),
        'Undated.',
        block('Strike | December 30th', 'heading', 3),
      ],
      seen,
    );
    expect(dates(result)).toEqual(['2020-05-31', '2020-05-31', '2019-12-30']);
  });
});

it('reports the page’s period', () => {
  expect(page([], march2024).period).toBe('2024-03');
  expect(page([], timeless).period).toBeNull();
});
