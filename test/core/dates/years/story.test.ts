import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { block, page, timeless } from '../support.ts';

const values = (...texts: readonly string[]): (string | null)[] =>
  page(texts, timeless).blocks.flatMap(({ mentions }) => mentions.map(({ value }) => value));

describe('the year of a date without one', () => {
  it('is the last written year, also before the first one is written', () => {
    expect(values('In June it rained.', 'On 3 May 1808 the town rose.', 'By August it was free.')).toEqual([
      '1808-06',
      '1808-05-03',
      '1808-08',
    ]);
  });

  it('is the next one where the months begin again, and the same one where they lie less than a third of a year back', () => {
    expect(values('On 3 November 1870 it opened.', 'In June it closed.')).toEqual(['1870-11-03', '1871-06']);
    expect(values('On 3 November 1870 it opened.', 'In August it had been sold.')).toEqual(['1870-11-03', '1870-08']);
  });

  it('is the one before where a text goes back in time', () => {
    const texts = ['On 3 March 1871 it closed.', 'In February it burnt.', 'In December it was sold.'];
    expect(values(...texts)).toEqual(['1871-03-03', '1871-02', '1870-12']);
  });

  it('before the first written year is the one that leads to it', () => {
    expect(values('In November it opened.', 'On 3 February 1871 it closed.')).toEqual(['1870-11', '1871-02-03']);
  });

  it('is the year that its own paragraph looks at, and that of the story in the next', () => {
    const texts = [
      'On 3 May 1870 it rose.',
      'It fell in June 1812. In July it burnt.',
      'On 9 May it was free.',
      'On 2 June 1870 it rested.',
    ];
    expect(values(...texts).slice(2, 4)).toEqual(['1812-07', '1870-05-09']);
  });

  it.each([
    ['a range', 'It burnt from 3 to 5 June.', '1870-06-03/1870-06-05'],
    ['a week of a month', 'It burnt in the first week of June.', '1870-W22'],
  ])('is found for %s as well', (_, text, value) => {
    expect(values('It fell on 3 May 1870.', text)).toEqual(['1870-05-03', value]);
  });

  it('is not taken from a year that qualifies a noun', () => {
    expect(values('On 3 May 1870 the 1815 treaty ended.', 'In June it rained.')).toEqual([
      '1870-05-03',
      '1815',
      '1870-06',
    ]);
  });

  it('is unknown where no date writes a year, whatever the day of the reading', () => {
    expect(values('In June it rained.', 'On 3 July it stopped.')).toEqual([null, null]);
  });
});

describe('a digression', () => {
  const wall = (after: string): string[] => [
    'It fell on 3 May 1870.',
    'It was rebuilt on 4 June 1890.',
    'In July it rained.',
    after,
  ];

  it('leaves the story where it was if the dates after it go on there', () => {
    expect(values(...wall('On 9 August 1870 it was sold.'))[2]).toBe('1870-07');
  });

  it('moves the story if the dates after it stay near', () => {
    expect(values(...wall('On 9 August 1892 it was sold.'))[2]).toBe('1890-07');
  });

  it('to a month or bare year ends where the next written year is that of the story', () => {
    const texts = [
      'It fell on 3 May 1870.',
      'It would be empty by 1871.',
      'In July it rained.',
      'On 9 August 1870 it burnt.',
    ];
    expect(values(...texts)[2]).toBe('1870-07');
  });

  it('is never seen in a heading, which opens its own time', () => {
    const blocks = [block('It fell on 3 May 1870.'), block('1950', 'heading', 2), block('In July it rained.')];
    const dated = page([...blocks, block('On 9 August 1870 it burnt.'), block('2003', 'heading', 2)], timeless);
    expect(dated.blocks[2]?.mentions[0]?.value).toBe('1950-07');
  });
});

describe('a mistyped year', () => {
  it('of a day between two of one year, in order with both, is repaired and kept as written', () => {
    const [, second] = page(
      ['On 3 May 1808 it rose. ', 'On 9 May 1809 it fell.', 'On 2 June 1808 it rose.'],
      timeless,
    ).blocks;
    expect(second?.mentions[0]).toMatchObject({ literal: '1809-05-09', value: '1808-05-09', basis: 'corrected-year' });
  });

  it.each([
    ['two years off', 'On 9 May 1810 it fell.'],
    ['before the date that comes before it in its year', 'On 9 April 1809 it fell.'],
    ['after the date that comes after it in its year', 'On 9 July 1809 it fell.'],
    ['of a month, which strays for good reasons', 'In May 1809 it fell.'],
    ['in figures alone, as machines write', 'It fell on 1809-05-09.'],
  ])('is believed when it is %s', (_, text) => {
    const dated = page(['On 3 May 1808 it rose.', text, 'On 2 June 1808 it rose.'], timeless).blocks;
    expect(dated[1]?.mentions[0]?.basis).toBe('explicit');
  });

  it('that no text can report from is read by the story, and the last possible one is believed', () => {
    expect(values('On 3 May 1808 the town rose.', 'On 9 May 2101 it fell.')).toEqual(['1808-05-03', '1808-05-09']);
    expect(values('On 3 May 1808 the town rose.', 'On 9 May 2100 it fell.')).toEqual(['1808-05-03', '2100-05-09']);
  });
});

it('no written year changes by more than one, and every date after a written year has one', () => {
  const date = fc.record({
    year: fc.option(fc.integer({ min: 1000, max: 2100 })),
    month: fc.integer({ min: 0, max: 11 }),
  });
  const names = 'January February March April May June July August September October November December'.split(' ');
  fc.assert(
    fc.property(fc.array(date, { minLength: 1, maxLength: 30 }), (dates) => {
      const texts = dates.map(({ year, month }) => `It came on 3 ${names[month]}${year === null ? '' : ` ${year}`}.`);
      const found = page(texts, timeless).blocks.map(({ mentions }) => mentions[0]?.value ?? null);
      expect(found.every((value) => (value === null) === dates.every(({ year }) => year === null))).toBe(true);
      for (const [i, { year }] of dates.entries())
        if (year !== null) expect(Math.abs(Number(found[i]?.slice(0, 4)) - year)).toBeLessThanOrEqual(1);
    }),
  );
});
