import { describe, expect, it } from 'vitest';
import { findMentions } from '#core/dates/index.ts';
import { march2024, only, page, read, timeless } from './support.ts';

describe('what looks like a date and is none', () => {
  it.each([
    'They may 5 times refuse.',
    'At least 10 may have drowned.',
    'The crews will march 20 miles.',
    'Crews march on the harbour; others may follow.',
    'May the best crew win.',
    'UN Resolution 2231 was cited.',
    'The Sarmat-2018 launcher and an F-16 passed.',
    'Some 1,500 troops and 2000 soldiers stood by.',
    'Article 5 was invoked.',
    'Now they wait.',
    'It stood for 100 years.',
    'Odds were 3/4 and the score 12-10.',
    'It cost $1990 and weighed 3.14 tons.',
    'Call 555-2020 or see section 12.3.4.',
    'The 7th Division and the 20th century met on the 38th parallel.',
    'Theresa May and April Jones spoke.',
    'The Long March ended there.',
    'Black Friday and every Tuesday are busy.',
    'Ferries leave at 12:30 and 14.05.',
    'Version 2.0.2024 is out.',
    'See https://news.example/2020/05/31/crane.html there.',
    'The Mark 13 torpedo sank.',
    'They stood in 1615 H Street NW.',
    'A man came to 1600 Pennsylvania Avenue with flowers.',
    'From 1401 12th Street to 1500 K St. they ran.',
    'Seen in the 1700 block of F Street.',
    'It stands by 1200 Broadway.',
    'He would remember it to this day, and in this day and age.',
    'The date of the vote is open; that date of hers is off.',
  ])('%s', (text) => {
    expect(findMentions(text, march2024).filter((m) => m.granularity === 'day' || m.granularity === 'month')).toEqual(
      [],
    );
    expect(findMentions(text, march2024).filter((m) => m.granularity === 'year')).toEqual([]);
  });

  it.each([
    ['Back to the borders of 1997, he said.', '1997', '1997'],
    ['A comprehensive 2015 deal ended it.', '2015', '2015'],
    ['They lost the 2014-15 war in months.', '2014-15', '2014/2015'],
  ])('%s: the year qualifies a noun', (text, span, value) => {
    expect(only(text)).toMatchObject({ text: span, granularity: 'year', value, role: 'attribute' });
  });

  it('does not read "2014-15" as a month or a day', () => {
    expect(read('They lost the 2014-15 war and the 2011-12 season.').join()).not.toMatch(/-01|-12-|→ 2011-12$/);
  });
});

describe('a number before a street', () => {
  it.each([
    ['In 1929 Wall Street fell.', ['1929 → 1929']],
    ['In 1812 Napoleon came down the road.', ['1812 → 1812']],
  ])('is a year where the street cannot have a number: %s', (text, expected) => {
    expect(read(text, timeless)).toEqual(expected);
  });

  it('never dates the days next to it', () => {
    const texts = ['On 31 May they stood in 1615 H Street.', 'On 1 June they came to 1600 Pennsylvania Avenue.'];
    const values = page(texts, timeless).blocks.flatMap((b) => b.mentions.map((m) => m.value));
    expect(values).toEqual([null, null]);
  });

  it('is read in linear time however the names run on', () => {
    const text = `in 1615 ${'Aa '.repeat(30_000)}`;
    expect(read(text, timeless)).toEqual(['1615 → 1615']);
  });
});
