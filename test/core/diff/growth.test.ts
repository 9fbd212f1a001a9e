import { describe, expect, it } from 'vitest';
import { block, changesOf, compare, PROSE } from './support.ts';

const [a, b, c, d, e] = PROSE;
/** The first words of a text, as a short note. */
const note = (text: string, words: number): string => `${text.split(' ').slice(0, words).join(' ')}.`;
const GROWN = `${d} ${e} ${b}`;

describe('a short note that grows in its place', () => {
  it.each([1, 2, 3, 4, 5, 8])('of %d words keeps its identity, however much text is added', (words) => {
    const { changes, paragraphs } = compare([a, note(d, words), c], [a, GROWN, c]);
    expect(changesOf(changes)).toEqual(['edited 1>1']);
    expect(paragraphs[1]?.id).toBe(changes[0]?.before[0]?.id);
  });

  it('keeps it at the ends of the page too', () => {
    expect(changesOf(compare([note(d, 3), a], [GROWN, a]).changes)).toEqual(['edited 0>0']);
    expect(changesOf(compare([a, note(d, 3)], [a, GROWN]).changes)).toEqual(['edited 1>1']);
  });

  it('keeps it when text is inserted before it', () => {
    const { changes } = compare([a, note(d, 5), c], [a, `${e} ${d} ${b}`, c]);
    expect(changesOf(changes)).toEqual(['edited 1>1']);
  });

  it('that is a repeated label is edited where a value is added', () => {
    const records = ['Riders', 'Marchers', 'Drummers', 'Porters'].flatMap((who, at) => [
      `${who} crossed the square. ${PROSE[at] ?? ''}`,
      'place:',
      'Links',
    ]);
    const after = records.with(4, 'place: 44.66, -93.63');
    expect(changesOf(compare(records, after).changes)).toEqual(['edited 4>4']);
  });

  it('keeps it when a long text is cut to its beginning', () => {
    expect(changesOf(compare([a, GROWN, c], [a, note(d, 4), c]).changes)).toEqual(['edited 1>1']);
  });
});

describe('a longer text with the words of a short one is another paragraph', () => {
  it('where the short one is still present', () => {
    expect(changesOf(compare([a, note(d, 4), c], [a, note(d, 4), GROWN, c]).changes)).toEqual(['added >2']);
  });

  it('where the short one was a separator', () => {
    const changes = changesOf(compare([a, '* * *', c], [a, d, c]).changes).sort();
    expect(changes).toEqual(['added >1', 'removed 1>']);
    expect(changesOf(compare([a, '12', c], [a, `12 ${d}`, c]).changes).sort()).toEqual(['added >1', 'removed 1>']);
  });

  it('where its position is another one, or it contains only a few of the words', () => {
    expect(changesOf(compare([a, note(d, 3), b, c], [a, b, c, GROWN]).changes).sort()).toEqual([
      'added >3',
      'removed 1>',
    ]);
    const other = `${e} engineers ${PROSE[6]} the ${PROSE[7]}`;
    expect(changesOf(compare([a, note(d, 3), c], [a, other, c]).changes).sort()).toEqual(['added >1', 'removed 1>']);
  });

  it('also where the long one is a hostile 40,000 words', () => {
    const long = block(`${note(d, 3)} ${'the inspected '.repeat(20_000)}`);
    expect(changesOf(compare([a, note(d, 3), c], [a, long, c]).changes)).toEqual(['edited 1>1']);
  });
});
