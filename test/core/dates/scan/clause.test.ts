import { describe, expect, it } from 'vitest';
import { announces, clauseBefore, lastIndex } from '#core/dates/scan/clause.ts';

/** What is read of the sentence before "12 March". */
const clause = (text: string): string => clauseBefore(text, text.indexOf('12 March'));

describe('the part of a sentence before a date', () => {
  it.each([
    ['They met on 12 March.', 'They met on '],
    ['They left. They met on 12 March.', 'They met on '],
    ['They left! They met on 12 March.', 'They met on '],
    ['They left?” They met on 12 March.', 'They met on '],
    ['They left. “They met on 12 March.', '“They met on '],
    ['They left. 5 of them met on 12 March.', '5 of them met on '],
    ['They left; they met on 12 March.', 'they met on '],
    ['They left – They met on 12 March.', 'They met on '],
    ['They left – and met on 12 March.', 'They left – and met on '],
    ['They left, e.g. by sea, on 12 March.', 'They left, e.g. by sea, on '],
    ['They left. They met. They ate on 12 March.', 'They ate on '],
    ['12 March.', ''],
  ])('%s', (text, expected) => {
    expect(clause(text)).toBe(expected);
  });

  it('is at most 160 characters long', () => {
    expect(clause(`${'a'.repeat(200)}12 March`)).toBe('a'.repeat(160));
    expect(clause(`${'a'.repeat(159)}12 March`)).toBe('a'.repeat(159));
  });
});

describe('a clause announces what follows', () => {
  it.each([
    'They will meet on ',
    "They'll meet on ",
    'They said that they would meet on ',
    'It was due on ',
    'The vote, scheduled for ',
    'It is to open on ',
    'It is set to open on ',
    'It plans talks on ',
    'It will be opened on ',
    'It would officially be opened on ',
    'It will also be opened on ',
    'It would have opened on ',
    'It will, if needed, open on ',
    'It will, as intended, open on ',
    'It would hold much-disputed talks on ',
  ])('%s', (text) => {
    expect(announces(text)).toBe(true);
  });

  it.each([
    'They met on ',
    'Those who would strike again met on ',
    'Those who would strike again landed on ',
    'The planned talks, it was agreed, ended on ',
    'They set out for the willow on ',
    '',
  ])('or not: %s', (text) => {
    expect(announces(text)).toBe(false);
  });
});

it('the last match of a pattern has a start and an end, or neither', () => {
  expect(lastIndex(/ab/g, 'ab ab c')).toEqual({ start: 3, end: 5 });
  expect(lastIndex(/ab/g, 'c')).toEqual({ start: -1, end: -1 });
});
