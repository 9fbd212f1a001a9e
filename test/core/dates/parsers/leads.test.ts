import { describe, expect, it } from 'vitest';
import { march2024, only, read, timeless } from '../support.ts';

const words = (list: string): string[] => list.split(' ');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

describe('a bare year is one after', () => {
  it.each(
    words(
      'in since until till during by circa ca year spring summer autumn fall winter throughout around christmas easter years ad',
    ),
  )('"%s"', (lead) => {
    expect(read(`It shone ${lead} 1942 and rained.`, timeless)).toEqual(['1942 → 1942']);
  });

  it.each(words('from to and before after between through or'))('"%s", where no noun follows', (lead) => {
    expect(read(`It shone ${lead} 1942 and rained.`, timeless)).toEqual(['1942 → 1942']);
    expect(read(`It shone ${lead} 1942 stoves.`, timeless)).toEqual([]);
  });

  it.each(['page', 'with', 'room'])('and none after "%s"', (lead) => {
    expect(read(`It shone ${lead} 1942 and rained.`, timeless)).toEqual([]);
  });

  it.each([
    ['the end of 1942', 'event'],
    ['the spring of 1942', 'event'],
    ['the borders of 1942', 'attribute'],
  ])('"of" in "%s", as %s', (phrase, role) => {
    expect(only(`It shone by ${phrase}.`, timeless).role).toBe(role);
  });
});

describe('a bare year', () => {
  it.each([
    ['1942', ['1942 → 1942']],
    ['1942: the harbour opens.', ['1942 → 1942']],
    ['The harbour (1942) is old.', ['1942 → 1942']],
    ['The harbour [1942] is old.', ['1942 → 1942']],
    ['The harbour {1942} is old.', []],
    ['1942 saw it open.', ['1942 → 1942']],
    ['It opened in  1942.', ['1942 → 1942']],
    ['It opened in   1942.', []],
    ['1942 stoves were sold.', []],
    ['It was the style of 1942’s end.', ['1942 → 1942']],
    ['It was sold in the 1940s.', []],
    ['It was in 1942 cities.', []],
    ['It was in 1942 glass.', ['1942 → 1942']],
    ['It cost 1942% more in 1942-3.', []],
    ['It fell in AD 79 and in 79 AD.', ['79 AD → 0079']],
    ['It fell in 0 BC.', []],
    ['It fell in 480 B.C. and 12 C.E. too.', ['480 B.C. → -0479', '12 C.E. → 0012']],
    ['It fell in 1 BCE.', ['1 BCE → 0000']],
    ['It ran 1914-18.', ['1914-18 → 1914/1918']],
    ['It ran 1918-14.', []],
    ['It ran 1914-1914.', []],
  ])('%s', (text, expected) => {
    expect(read(text, timeless)).toEqual(expected);
  });
});

describe('a weekday is one after', () => {
  const story = 'It fell on 12 March 2024. ';
  it.each(words('On By Until Till Since From To Of And Or This Late Early Before After That Through Between The'))(
    '"%s" with a capital',
    (lead) => {
      expect(read(`${story}${lead} Thursday it rose.`)).toEqual([
        '12 March 2024 → 2024-03-12',
        'Thursday → 2024-03-14',
      ]);
    },
  );

  it.each([
    ['Last', '2024-03-07'],
    ['Previous', '2024-03-07'],
    ['last', '2024-03-07'],
    ['previous', '2024-03-07'],
    ['Next', '2024-03-14'],
    ['Following', '2024-03-14'],
    ['next', '2024-03-14'],
    ['following', '2024-03-14'],
  ])('"%s", which moves it', (lead, value) => {
    expect(read(`${story}${lead} Thursday it rose.`)[1]).toBe(`${lead} Thursday → ${value}`);
  });

  it.each([
    'Black Thursday it rose.',
    'every Thursday it rose.',
    'each Thursday it rose.',
    'one Thursday it rose.',
    'a Thursday it rose.',
    'any Thursday it rose.',
    'on the Thursday Club it rose.',
    'on Thursday prayers it rose.',
    'on Thursday Night it rose.',
    'on thursday it rose.',
    'on Thursday, March 14',
    'on Thursday night of the 14th of March',
  ])('and is none of its own in: %s', (text) => {
    expect(read(`${story}${text}`).filter((mention) => mention.includes('hursday'))).toEqual([]);
  });
});

describe('an ordinal number is a day', () => {
  it.each(
    words(
      'was were and but to the in at when while with by they he she it we after before a an that had his their its as from there until till',
    ),
  )('where "%s" follows', (next) => {
    expect(read(`It fell on 4 March; on the 7th ${next} all.`)).toEqual([
      '4 March → 2024-03-04',
      'the 7th → 2024-03-07',
    ]);
  });

  it.each(words('on by until till from since to of and before after'))('after "%s the"', (lead) => {
    expect(read(`It fell on 4 March; ${lead} the 7th, all.`)[1]).toBe('the 7th → 2024-03-07');
  });

  it.each([
    ['on the 7th Division', []],
    ['on the 32nd, all', []],
    ['on the 7th of them', []],
    ['at the 7th, all', []],
    ['on the 7 and', []],
    ['on the 7th of that month all', ['the 7th → 2024-03-07', 'that month → 2024-03']],
    ['on the 7th of the same month all', ['the 7th → 2024-03-07', 'the same month → 2024-03']],
    ['from the 7th to the 9th, all', ['the 7th to the 9th → 2024-03-07/2024-03-09']],
    ['from the 7th to the 9th Division', []],
  ])('or not: %s', (text, expected) => {
    expect(read(`It fell on 4 March; ${text}.`).slice(1)).toEqual(expected);
  });
});

describe('a day next to a short month’s misspelling is read after', () => {
  it.each(words('on by since until till from of to before after and'))('"%s"', (lead) => {
    expect(read(`It fell ${lead} 7 Mey at last.`)).toEqual(['7 Mey → 2024-05-07']);
    expect(read(`It fell ${lead} Mey 7 at last.`)).toEqual(['Mey 7 → 2024-05-07']);
  });

  it('"the" and "between" too, and not after a verb', () => {
    expect(read('It fell the 7 Mey at last.')).toEqual(['the 7 Mey → 2024-05-07']);
    expect(read('It fell between Mey 7 and noon.')).toEqual(['Mey 7 → 2024-05-07']);
    expect(read('It saw 7 Mey at last.')).toEqual([]);
    expect(read('It saw Mey 7 at last.')).toEqual([]);
  });
});

describe('a month without a year is governed by', () => {
  it.each(
    words(
      'in by of until till since from to through throughout during last next this that between before after around about on every each previous following and or for',
    ),
  )('"%s"', (lead) => {
    expect(read(`It fell ${lead} March.`).map((mention) => mention.slice(0, 5))).toEqual(['March']);
    expect(read(`${capital(lead)} March it fell.`).map((mention) => mention.slice(0, 5))).toEqual(['March']);
  });

  it.each([
    ['early March', 'early March → 2024-03'],
    ['late March', 'late March → 2024-03'],
    ['mid-March', 'mid-March → 2024-03'],
    ['the very end of March', 'the very end of March → 2024-03'],
    ['the first half of March', 'the first half of March → 2024-03'],
    ['the previous October', 'October → 2023-10'],
    ['the preceding October', 'October → 2023-10'],
  ])('what qualifies it: %s', (phrase, expected) => {
    expect(read(`It fell in ${phrase}, at last.`, march2024)).toEqual([expected]);
  });

  it.each([
    'The crews March on.',
    'They saw May and left.',
    'Then April Jones came.',
    'The June Movement won.',
    'In the Long March they fell.',
    'It fell in march.',
    'It fell in Sept, at last.',
  ])('and is no month in: %s', (text) => {
    expect(read(text)).toEqual([]);
  });
});
