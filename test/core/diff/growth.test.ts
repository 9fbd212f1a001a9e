import { describe, expect, it } from 'vitest';
import { block, compare, PROSE, told } from './support.ts';

const [a, b, c, d, e] = PROSE;
/** Its first words, as a note that says little yet. */
const note = (text: string, words: number): string => `${text.split(' ').slice(0, words).join(' ')}.`;
const GROWN = `${d} ${e} ${b}`;

describe('a short note that grows in its place', () => {
  it.each([1, 2, 3, 4, 5, 8])('of %d words keeps its identity, however much is put to it', (words) => {
    const { changes, paragraphs } = compare([a, note(d, words), c], [a, GROWN, c]);
    expect(told(changes)).toEqual(['edited 1>1']);
    expect(paragraphs[1]?.id).toBe(changes[0]?.before[0]?.id);
  });

  it('keeps it at the ends of the page too', () => {
    expect(told(compare([note(d, 3), a], [GROWN, a]).changes)).toEqual(['edited 0>0']);
    expect(told(compare([a, note(d, 3)], [a, GROWN]).changes)).toEqual(['edited 1>1']);
  });

  it('keeps it when words are put before it', () => {
    const { changes } = compare([a, note(d, 5), c], [a, `${e} ${d} ${b}`, c]);
    expect(told(changes)).toEqual(['edited 1>1']);
  });

  it('that is a label under many records is filled in where it stands', () => {
    const records = ['Riders', 'Marchers', 'Drummers', 'Porters'].flatMap((who, at) => [
      `${who} crossed the square. ${PROSE[at] ?? ''}`,
      'place:',
      'Links',
    ]);
    const after = records.with(4, 'place: 44.66, -93.63');
    expect(told(compare(records, after).changes)).toEqual(['edited 4>4']);
  });

  it('keeps it when it is cut down to its beginning', () => {
    expect(told(compare([a, GROWN, c], [a, note(d, 4), c]).changes)).toEqual(['edited 1>1']);
  });
});

describe('a longer text with the words of a short one is another paragraph', () => {
  it('where the short one still stands', () => {
    expect(told(compare([a, note(d, 4), c], [a, note(d, 4), GROWN, c]).changes)).toEqual(['added >2']);
  });

  it('where the short one was a separator', () => {
    const told3 = told(compare([a, '* * *', c], [a, d, c]).changes).sort();
    expect(told3).toEqual(['added >1', 'removed 1>']);
    expect(told(compare([a, '12', c], [a, `12 ${d}`, c]).changes).sort()).toEqual(['added >1', 'removed 1>']);
  });

  it('where it stands elsewhere, or holds a few of the words only', () => {
    expect(told(compare([a, note(d, 3), b, c], [a, b, c, GROWN]).changes).sort()).toEqual(['added >3', 'removed 1>']);
    const other = `${e} engineers ${PROSE[6]} the ${PROSE[7]}`;
    expect(told(compare([a, note(d, 3), c], [a, other, c]).changes).sort()).toEqual(['added >1', 'removed 1>']);
  });

  it('takes a hostile long paragraph in stride', () => {
    const long = block(`${note(d, 3)} ${'the inspected '.repeat(20_000)}`);
    expect(told(compare([a, note(d, 3), c], [a, long, c]).changes)).toEqual(['edited 1>1']);
  });
});
