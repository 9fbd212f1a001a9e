import { describe, expect, it } from 'vitest';
import { monthNames } from '#core/dates/lexicon.ts';
import { realWords } from '#core/dates/realWords.ts';
import { editDistance, monthOf } from '#core/dates/spelling.ts';
import { only, read } from './support.ts';

describe('editDistance', () => {
  it.each([
    ['january', 'january', 0],
    ['janaury', 'january', 1],
    ['januaray', 'january', 1],
    ['febuary', 'february', 1],
    ['setpmber', 'september', 2],
    ['march', 'may', 3],
  ])('%s to %s is %i, or beyond the limit', (a, b, distance) => {
    expect(editDistance(a, b, 2)).toBe(Math.min(distance, 3));
  });
});

describe('monthOf', () => {
  it('reads every name and no name is guarded away', () => {
    expect(monthNames.map((name) => monthOf(name)?.month)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it.each([
    ['janaury', 1],
    ['feburary', 2],
    ['marhc', 3],
    ['arpil', 4],
    ['jnue', 6],
    ['agust', 8],
    ['setpember', 9],
    ['ocotber', 10],
    ['novmeber', 11],
    ['decmber', 12],
  ])('%s is month %i', (word, month) => {
    expect(monthOf(word)).toMatchObject({ month, written: 'misspelt' });
  });

  it('leaves every guarded word what it is', () => {
    for (const word of realWords) {
      if (monthNames.includes(word) || word === 'jun' || word === 'jul' || word === 'mar') continue;
      expect(monthOf(word)?.written ?? 'none', word).not.toBe('misspelt');
    }
  });

  it('does not choose between two months as near', () => {
    expect(monthOf('juny')).toBeNull();
  });
});

describe('misspelt months in a text', () => {
  it('are repaired, flagged, and kept as written', () => {
    expect(only('It closed on 13 Mrach 2024.')).toMatchObject({
      text: '13 Mrach 2024',
      literal: '2024-03-13',
      value: '2024-03-13',
      basis: 'corrected-month',
    });
  });

  it.each([
    ['Closed Febuary 3, 2024.', 'Febuary 3, 2024 → 2024-02-03'],
    ['Closed on Setpember 3.', 'Setpember 3 → 2023-09-03'],
    ['Closed in Octobr 2023.', 'Octobr 2023 → 2023-10'],
    ['Closed in Novemeber last.', 'Novemeber → 2023-11'],
    ['Held 6-7 Janury.', '6-7 Janury → 2024-01-06/2024-01-07'],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  it.each([
    'The match 13 fans saw.',
    'He drove 12 Jaguar cars and 3 Augusta helicopters.',
    'The 9 Marsh brothers and 4 Angus bulls.',
    'Remember 1944, said member 12 of the 5 Day committee.',
    'The ship Juno 2 met Dune 3.',
    'We watch 7 birch and 8 larch trees.',
  ])('other words stay words: %s', (text) => {
    expect(read(text).filter((m) => !/ → \d{4}$/.test(m))).toEqual([]);
  });
});
