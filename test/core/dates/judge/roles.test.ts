import { describe, expect, it } from 'vitest';
import { block, march2024, only, page, timeless } from '../support.ts';

describe('on a page of March 2024, the role of a date', () => {
  it.each([
    ['The deadline is 30 March.', 'deadline'],
    ['The line is 30 March.', 'event'],
    ['The deadline for all answers 30 March.', 'deadline'],
    ['Answers are due no later than 30 March.', 'deadline'],
    ['Answers come at the latest 30 March.', 'deadline'],
    ['The ultimatum expires on 30 March.', 'deadline'],
    ['Owners were ordered to answer by 30 March.', 'deadline'],
    ['Owners must answer before the 30 March.', 'deadline'],
    ['Owners must answer; it rained by 30 March.', 'event'],
    ['It has been shut since 12 March.', 'background'],
    ['It recalled the talks of 12 March.', 'background'],
    ['She was born on 12 March.', 'background'],
    ['Since the strike began on 12 March.', 'event'],
    ['Since the strike, on 12 March.', 'event'],
    ['It rose a month ago.', 'background'],
    ['It rose last year.', 'background'],
    ['It rose this month.', 'event'],
    ['It rose a month later.', 'event'],
    ['It rose on 12 February.', 'background'],
    ['It will rise on 12 February.', 'scheduled'],
    ['It rose on 12 April.', 'event'],
    ['It rose in 2023.', 'background'],
    ['It rose in 2022.', 'historical'],
    ['A 2015 deal ended it.', 'attribute'],
  ])('%s → %s', (text, role) => {
    expect(only(text, march2024).role).toBe(role);
  });
});

describe('on a page without a period, the role of a date', () => {
  it.each([
    ['It rose on 12 February 1943.', 'event'],
    ['It has been shut since 12 February 1943.', 'event'],
    ['It will rise on 12 February 1943.', 'scheduled'],
    ['Owners must answer by 12 February 1943.', 'deadline'],
    ['A 2015 deal ended it.', 'attribute'],
  ])('%s → %s', (text, role) => {
    expect(only(text, timeless).role).toBe(role);
  });
});

it.each([
  ['heading', 'context'],
  ['frontMatter', 'historical'],
  ['caption', 'event'],
] as const)('a day in a block of kind %s is %s', (kind, role) => {
  expect(page([block('12 March 2024', kind, 2)], march2024).blocks[0]?.mentions[0]?.role).toBe(role);
});

describe('the day of a paragraph', () => {
  it.each([
    ['It rose on 12 March and fell on 11 March.', '2024-03-12', 'inferred-year'],
    ['It rose on 12 March 2024 and fell on 12 March.', '2024-03-12', 'explicit'],
    ['It rose in March 2024.', null, 'none'],
    ['It rose in 2024.', null, 'none'],
    ['It has been shut since 9 March and since 10 March.', '2024-03-10', 'inferred-year'],
    ['It rose on 8 March. It has been shut since 10 March.', '2024-03-08', 'inferred-year'],
    ['It has been shut since 8 March. It will open on 10 March.', '2024-03-08', 'inferred-year'],
    ['It will open in April, on 12 April and on 14 April.', '2024-04-12', 'inferred-year'],
    ['Owners must answer by 30 March.', null, 'none'],
  ])('%s → %s', (text, date, dateBasis) => {
    expect(page([text], march2024).blocks[0]).toMatchObject({ date, dateBasis });
  });
});
