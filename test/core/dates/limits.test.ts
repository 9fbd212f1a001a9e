import { describe, expect, it } from 'vitest';
import { march2024, only, page, read, timeless } from './support.ts';

/** A sentence in which a word lies this many characters before "12 March". */
function apart(word: string, characters: number): string {
  const filler = 'very '.repeat(60).slice(0, characters - word.length - ' meet on '.length - 1);
  return `The board ${word} ${filler} meet on 12 March.`;
}

describe('on a page of a month', () => {
  it.each([
    ['13 months before', 'They sailed on 1 February 2023.', 'background'],
    ['more than 13 months before', 'They sailed on 31 January 2023.', 'historical'],
    ['13 months before, without its day', 'They sailed in February 2023.', 'background'],
    ['more than 13 months before, without its day', 'They sailed in January 2023.', 'historical'],
  ])('a date %s is %s news: %s', (_, text, role) => {
    expect(only(text).role).toBe(role);
  });
});

describe('on a page of a year', () => {
  const year2024 = { ...march2024, title: 'The Harbour in 2024' };
  it.each([
    ['They sailed on 1 January 2023.', 'event'],
    ['They sailed on 31 December 2022.', 'historical'],
  ])('the year before is news and the one before that is history: %s is %s', (text, role) => {
    expect(only(text, year2024).role).toBe(role);
  });
});

describe('"will" announces a day in its sentence', () => {
  it.each([
    [160, 'scheduled'],
    [161, 'event'],
  ])('%i characters before it: %s', (characters, role) => {
    const text = apart('will', characters);
    expect(text.indexOf('12 March') - text.indexOf('will')).toBe(characters);
    expect(only(text).role).toBe(role);
  });
});

describe('a number is a year from 1000 to 2100', () => {
  it.each([
    ['In 0999 it rang.', []],
    ['In 1000 it rang.', ['1000 → 1000']],
    ['In 2100 it rings.', ['2100 → 2100']],
    ['In 2101 it rings.', []],
    ['It rang 1998-2100.', ['1998-2100 → 1998/2100']],
    ['It rang 1998-2101.', []],
  ])('%s', (text, expected) => {
    expect(read(text, timeless)).toEqual(expected);
  });
});

describe('on a page of a month, a year', () => {
  it.each([
    ['40 years ahead is meant', 'The lease ends on 5 June 2064.', '2064-06-05'],
    ['41 years ahead is mistyped', 'The lease ends on 5 June 2065.', '2024-06-05'],
  ])('%s', (_, text, value) => {
    expect(only(text).value).toBe(value);
  });
});

describe('a number of five digits next to a misspelt month is a mistyped year', () => {
  it.each([
    ['Closed in Aprli 20224.', ['Aprli 20224 → 2024-04']],
    ['Closed by Aprli 202241 Street.', ['Aprli → 2024-04']],
    ['Ticket 20221 Aprli was the last.', ['Aprli → 2024-04']],
    ['Ticket 202212 Aprli was the last.', []],
  ])('and one of six is none: %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('a list of days', () => {
  const numbers = (first: number, last: number): string[] =>
    Array.from({ length: last - first + 1 }, (_, at) => String(first + at));

  it('may name every day of a month, before and after its name', () => {
    const days = numbers(1, 31).map((day) => `1943-05-${day.padStart(2, '0')}`);
    const values = (text: string) => page([text]).blocks[0]?.mentions.map(({ value }) => value);
    expect(values(`Raids came on ${numbers(1, 30).join(', ')} and 31 May 1943.`)).toEqual(days);
    expect(values(`Raids came on May ${numbers(1, 30).join(', ')} and 31, 1943.`)).toEqual(days);
  });

  it('ends at a number that does not rise, or is no day', () => {
    expect(read('Raids came on May 4, 3 of them by night.')).toEqual(['May 4 → 2024-05-04']);
    expect(read('Raids came on May 4, 5 and 32 times in June.')).toEqual([
      'May 4 → 2024-05-04',
      '5 → 2024-05-05',
      'June → 2024-06',
    ]);
  });
});

describe('a word of any length', () => {
  it('before a month is the name that the month belongs to', () => {
    expect(read('They met Maximilianopolitanus May again.')).toEqual([]);
  });

  it('before a misspelt month puts it in time', () => {
    expect(read('It was open throughout Aprli, as ever.')).toEqual(['Aprli → 2024-04']);
  });

  it('that only begins like a month is no month', () => {
    expect(read('In Septemberfests 12 of them came, and in Decemberists 1825.')).toEqual([]);
  });
});
