import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMentions } from '#core/dates/index.ts';
import { monthNames } from '#core/dates/scan/lexicon.ts';
import { realWords } from '#core/dates/scan/real-words.ts';
import { monthOf } from '#core/dates/scan/spelling.ts';
import { editDistance } from '#core/text/edit-distance.ts';
import { march2024, only, read, timeless } from '../support.ts';

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

  it('reads no guarded word as a misspelling', () => {
    for (const word of realWords) expect(monthOf(word), word).toBeNull();
  });

  it('guards no word that could be no misspelling: each is one edit from one month alone', () => {
    for (const word of realWords)
      expect(monthNames.filter((name) => editDistance(word, name, 1) <= 1).length, word).toBe(1);
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

describe('short months misspelt with no number next to them', () => {
  it.each([
    ['In Mey, the walls fell.', 'Mey → 2024-05'],
    ['By Juen, the siege was over.', 'Juen → 2024-06'],
    ['They held out until Jly.', 'Jly → 2024-07'],
    ['It thawed in early Febuary and froze again.', 'early Febuary → 2024-02'],
    ['It closed at the end of Mayy.', 'the end of Mayy → 2024-05'],
    ['The rain (Mey-June) spoilt the wheat.', 'Mey-June → 2024-05/2024-06'],
    ['After Jly, the river rose.', 'Jly → 2024-07'],
    ['It was taken in Setpember, and so on.', 'Setpember → 2024-09'],
    ['It was lost by Ocotber.', 'Ocotber → 2024-10'],
  ])('are read where only a time can follow: %s', (text, expected) => {
    expect(read(text, { title: 'The Siege - December 2024', url: null, observedAt: '' })).toEqual([expected]);
  });

  it.each([
    ['It ran from the 3rd of Mrach 1916.', '1916-03-03'],
    ['It fell in the last days of Mrach 1916.', '1916-03'],
    ['It opened in Mey of 1916.', '1916-05'],
    ['The battle (Jly 1916) was long.', '1916-07'],
  ])('take a year with them: %s', (text, value) => {
    expect(findMentions(text, timeless).map((m) => [m.value, m.basis])).toEqual([[value, 'corrected-month']]);
  });

  it.each([
    'In Mey Castle they dined.',
    'It was painted by Jly, of all people.',
    'They met in MEY and in JUE.',
    'Sent from Jly to Mey, it got lost.',
    'In Mey’s view it was over.',
    'It runs on AArch64, (MAF) and (API 15).',
    'They sailed from Cape Mey and came to Port Jue.',
    'They went in May’s place and until Maya came.',
  ])('are names elsewhere: %s', (text) => {
    expect(read(text).filter((m) => !m.startsWith('May'))).toEqual([]);
  });

  it('are never seen in a word that is one', () => {
    const leads = ['In', 'until', 'early', 'the end of', 'By'];
    for (const word of realWords) {
      if (monthOf(word) !== null) continue;
      const name = word.charAt(0).toUpperCase() + word.slice(1);
      for (const lead of leads) expect(read(`${lead} ${name}, it fell.`), `${lead} ${name}`).toEqual([]);
    }
  });

  it('are found after one edit wherever no other month is as near and the frame is a time’s', () => {
    const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
    const edit = fc.constantFrom('drop', 'add', 'change', 'swap');
    fc.assert(
      fc.property(fc.constantFrom(...monthNames), fc.nat(8), letter, edit, (name, place, added, how) => {
        const at = place % name.length;
        const [head, tail] = [name.slice(0, at), name.slice(at)];
        const made = {
          drop: head + tail.slice(1),
          add: head + added + tail,
          change: head + added + tail.slice(1),
          swap: head + tail.charAt(1) + tail.charAt(0) + tail.slice(2),
        }[how];
        fc.pre(monthOf(made)?.written === 'misspelt' && made.length > 2);
        const written = made.charAt(0).toUpperCase() + made.slice(1);
        const month = String(monthNames.indexOf(name) + 1).padStart(2, '0');
        expect(findMentions(`It was over in late ${written}.`, march2024).map((m) => m.literal)).toEqual([
          `XXXX-${month}`,
        ]);
      }),
    );
  });
});
