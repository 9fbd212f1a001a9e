import { describe, expect, it } from 'vitest';
import { march2024, only, page, read, timeless } from './support.ts';

describe('day forms keep their span and value', () => {
  it.each([
    ['It closed on 09 March 2024.', '09 March 2024', '2024-03-09', '2024-03-09'],
    ['It closed on March 9, 2024.', 'March 9, 2024', '2024-03-09', '2024-03-09'],
    ['It closed on March 9 2024 at noon.', 'March 9 2024', '2024-03-09', '2024-03-09'],
    ['It closed on 12 Dec 2022.', '12 Dec 2022', '2022-12-12', '2022-12-12'],
    ['It closed on 12-Dec-2022.', '12-Dec-2022', '2022-12-12', '2022-12-12'],
    ['It closed on Sept. 9, 2023.', 'Sept. 9, 2023', '2023-09-09', '2023-09-09'],
    ['It closed on 13 MARCH 2024.', '13 MARCH 2024', '2024-03-13', '2024-03-13'],
    ['It closed on the 3rd of May 2023.', 'the 3rd of May 2023', '2023-05-03', '2023-05-03'],
    ['It closed on May 21st, 2023.', 'May 21st, 2023', '2023-05-21', '2023-05-21'],
    ['It closed on 2023-04-03.', '2023-04-03', '2023-04-03', '2023-04-03'],
    ['It closed on 2023/04/03.', '2023/04/03', '2023-04-03', '2023-04-03'],
    ['Log of 2023-04-03T22:15:00-05:00 attached.', '2023-04-03', '2023-04-03', '2023-04-03'],
    ['It closed at 21:40 GMT on 9 March 2024.', '9 March 2024', '2024-03-09', '2024-03-09'],
    ['It closed on 25/03/2024.', '25/03/2024', '2024-03-25', '2024-03-25'],
    ['It closed on 25.03.2024.', '25.03.2024', '2024-03-25', '2024-03-25'],
    ['It closed on Saturday, March 9, 2024.', 'March 9, 2024', '2024-03-09', '2024-03-09'],
    ['It closed on 9\u00a0March\u00a02024.', '9\u00a0March\u00a02024', '2024-03-09', '2024-03-09'],
    ['They hoped to be home by Christmas 1917.', 'Christmas 1917', '1917-12-25', '1917-12-25'],
  ])('%s', (text, span, literal, value) => {
    expect(only(text)).toMatchObject({ text: span, granularity: 'day', literal, value });
  });

  it('takes the missing year from the page and marks it as inferred', () => {
    expect(only('It closed on March 9.')).toMatchObject({
      literal: 'XXXX-03-09',
      value: '2024-03-09',
      basis: 'inferred-year',
    });
  });

  it('puts a month late in the year before a page of spring', () => {
    expect(read('Talks broke off on 28 November.')).toEqual(['28 November → 2023-11-28']);
    expect(read('Talks will open on 28 November.')).toEqual(['28 November → 2024-11-28']);
  });

  it.each([
    ['It has been shut since February 24.', '2023-02-24'],
    ['It shut on January 6.', '2023-01-06'],
    ['It will open on January 6.', '2024-01-06'],
    ['It shuts on 28 December.', '2023-12-28'],
  ])('on a page of October 2023, %s', (text, value) => {
    const october = { ...march2024, title: 'The Harbour Strike - October 2023' };
    expect(only(text, october).value).toBe(value);
  });

  it('reads a day without a month as one of the month last read', () => {
    expect(read('Crews walked out on 4 March, and on the 7th the port shut.')).toEqual([
      '4 March → 2024-03-04',
      'the 7th → 2024-03-07',
    ]);
  });
});

describe('a day pointed back to', () => {
  it.each([
    ['It opened on 4 March 2021. From that day on it was full.', 'that day → 2021-03-04'],
    ['It opened on 4 March 2021. From this day forward it was full.', 'this day → 2021-03-04'],
    ['It opened on 4 March 2021. By that date all had left.', 'that date → 2021-03-04'],
    ['It opened on 4 March 2021. This date became a holiday.', 'This date → 2021-03-04'],
    ['It opened on 4 March 2021. On that same date it shut.', 'that same date → 2021-03-04'],
  ])('%s', (text, expected) => {
    expect(read(text, timeless)).toEqual(['4 March 2021 → 2021-03-04', expected]);
  });

  it('is not reported where no day was read before', () => {
    expect(read('By that date all had left.', timeless)).toEqual([]);
  });
});

describe('a weekday that only introduces a date', () => {
  it.each([
    'They came on Sunday morning, 25 June 1950.',
    'They came on Sunday, 25 June 1950.',
    'They had come by Sunday dawn of 25 June 1950.',
    'They came on the Sunday evening of the 25th of June 1950.',
  ])('is no mention of its own: %s', (text) => {
    expect(only(text, timeless).value).toBe('1950-06-25');
  });
});

describe('numeric dates whose order is open', () => {
  it('flags a date that could be read both ways', () => {
    expect(only('Filed 03/04/2023 at the court.')).toMatchObject({ value: '2023-03-04', ambiguous: true });
  });

  it('does not flag one that can be read one way only', () => {
    expect(only('Filed 13/04/2023 at the court.').ambiguous).toBeUndefined();
    expect(only('Filed 04/04/2023 at the court.').ambiguous).toBeUndefined();
  });
});

describe('coarser forms', () => {
  it.each([
    ['It began in January 2022.', 'January 2022', 'month', '2022-01'],
    ['It began in early April 2022.', 'early April 2022', 'month', '2022-04'],
    ['It lasted to the end of May 2022.', 'the end of May 2022', 'month', '2022-05'],
    ['It began in February of 1940.', 'February of 1940', 'month', '1940-02'],
    ['It began in 1942.', '1942', 'year', '1942'],
    ['It began in late 1942.', 'late 1942', 'year', '1942'],
    ['It began in 480 BC.', '480 BC', 'year', '-0479'],
    ['Output fell in 2024-W10.', '2024-W10', 'week', '2024-W10'],
    ['It rained in the first week of May 2023.', 'the first week of May 2023', 'week', '2023-W18'],
  ])('%s', (text, span, granularity, value) => {
    expect(only(text)).toMatchObject({ text: span, granularity, value });
  });
});

describe('ranges', () => {
  it.each([
    ['Held 6-7 March in Oslo.', '6-7 March', '2024-03-06/2024-03-07'],
    ['Held March 5–9, 1918 in Oslo.', 'March 5–9, 1918', '1918-03-05/1918-03-09'],
    [
      'Ran from September 21, 1955 to October 24, 1990.',
      'September 21, 1955 to October 24, 1990',
      '1955-09-21/1990-10-24',
    ],
    ['Ran 28 February - 2 March, by sea.', '28 February - 2 March', '2024-02-28/2024-03-02'],
    ['Ran 31 May-1 June 1916.', '31 May-1 June 1916', '1916-05-31/1916-06-01'],
    ['Ran from the 13th to the 19th of October 1950.', 'the 13th to the 19th of October 1950', '1950-10-13/1950-10-19'],
    ['Ran 20 December 2022 - 5 January 2023.', '20 December 2022 - 5 January 2023', '2022-12-20/2023-01-05'],
    ['March-April 2022 was wet.', 'March-April 2022', '2022-03/2022-04'],
    ['It lasted 1914–1918.', '1914–1918', '1914/1918'],
    ['It ran between June and August 1944.', 'June and August 1944', '1944-06/1944-08'],
  ])('%s', (text, span, value) => {
    expect(only(text)).toMatchObject({ text: span, granularity: 'range', value });
  });

  it('keeps listed days apart', () => {
    expect(read('Raids came on May 4 and 5, 1943.')).toEqual(['May 4 → 1943-05-04', '5, 1943 → 1943-05-05']);
    expect(read('Raids came on 4, 5 and 6 May 1943.')).toEqual([
      '4 → 1943-05-04',
      '5 → 1943-05-05',
      '6 May 1943 → 1943-05-06',
    ]);
  });

  it('does not join what does not run on', () => {
    expect(read('from 9 March 2024 to 2 March 2024')).toHaveLength(2);
  });
});

describe('relative expressions', () => {
  it.each([
    ['the previous day', '2024-03-11'],
    ['the following day', '2024-03-13'],
    ['two days later', '2024-03-14'],
    ['three days earlier', '2024-03-09'],
    ['a week earlier', '2024-W10'],
    ['the same day', '2024-03-12'],
    ['last month', '2024-02'],
    ['earlier this month', '2024-03'],
    ['a month ago', '2024-02'],
    ['last year', '2023'],
    ['this week', '2024-W11'],
  ])('%s counts from the day last read', (phrase, value) => {
    const mentions = page([`Police moved in on 12 March 2024. The union met ${phrase}.`]).blocks[0]?.mentions;
    expect(mentions?.[1]).toMatchObject({ value, basis: 'relative' });
  });

  it('resolves a weekday to the nearest day before or after the day of the story', () => {
    const blocks = page([
      'Police moved in on 12 March 2024.',
      'Ships left on Thursday.',
      'Ships came on Monday.',
    ]).blocks;
    expect(blocks[1]?.mentions[0]).toMatchObject({ literal: 'XXXX-WXX-4', value: '2024-03-14', basis: 'weekday' });
    expect(blocks[2]?.mentions[0]?.value).toBe('2024-03-11');
  });

  it('are no mentions where there is no day to count from', () => {
    expect(read('They met two days later and again on Thursday.', timeless)).toEqual([]);
  });

  it('does not read "yesterday" in quoted speech', () => {
    expect(read('On 12 March 2024 she said: "We saw it yesterday."')).toEqual(['12 March 2024 → 2024-03-12']);
  });
});

describe('impossible days', () => {
  it.each(['31 April 2024', '30 February 2024', '29 February 2023', 'June 31, 2023'])(
    '%s is kept without a value',
    (text) => {
      expect(only(`Dated ${text}.`, march2024)).toMatchObject({ text, granularity: 'day', value: null, basis: 'none' });
    },
  );

  it('knows the leap day', () => {
    expect(only('Dated 29 February 2024.').value).toBe('2024-02-29');
  });
});
