import { describe, expect, it } from 'vitest';
import { itemOf, listsOf, sameCount } from '#core/diff/match/lists.ts';

const places = (...texts: string[]): (string | null)[] =>
  listsOf(texts.map(itemOf)).map((place) => (place === null ? null : `${place.list.index}:${place.place}`));

describe('itemOf', () => {
  it('reads the marker, its number and total, and the rest of the text', () => {
    expect(itemOf('2/14 The bridge')).toEqual({ number: 2, total: 14, marker: '2/14 ', rest: 'The bridge' });
    expect(itemOf('(4) a')).toEqual({ number: 4, total: null, marker: '(4) ', rest: 'a' });
    expect(itemOf('3/ a')?.total).toBeNull();
  });

  it.each(['12 drones fell', '2022. A year', '1.5 percent', '3/4', '(12', '7.', '12:30 was the hour', '#tag word', ''])(
    'reads no list number in %j',
    (text) => {
      expect(itemOf(text)).toBeNull();
    },
  );

  it('takes linear time for hostile runs of digits and spaces', () => {
    expect(itemOf(`${'1'.repeat(100_000)}/ a`)).toBeNull();
    expect(itemOf(`1/${' '.repeat(100_000)}`)).toBeNull();
    expect(itemOf(`1/${' '.repeat(100_000)}a`)?.rest).toBe('a');
  });
});

describe('listsOf', () => {
  it('joins items that count on, across other paragraphs', () => {
    expect(places('1/ a', 'between', '2/ b', '9/ c')).toEqual(['0:0', null, '0:1', '1:0']);
    expect(places('3. a', '2. b', '1. c')).toEqual(['0:0', '0:1', '0:2']);
  });

  it('begins a new list where the count restarts, changes direction or changes style', () => {
    expect(places('1/ a', '2/ b', '1/ c', '2/ d')).toEqual(['0:0', '0:1', '1:0', '1:1']);
    expect(places('2/ a', '1/ b', '2/ c')).toEqual(['0:0', '1:0', '1:1']);
    expect(places('1/ a', '(2) b')).toEqual(['0:0', '1:0']);
  });
});

describe('sameCount', () => {
  const list = (...texts: string[]) => {
    const [place] = listsOf(texts.map(itemOf));
    if (!place) throw new Error('no list');
    return place.list;
  };

  it('compares the first numbers, of lists that count down the last', () => {
    expect(sameCount(list('1/ a', '2/ b'), list('1/ x', '2/ a', '3/ b'))).toBe(true);
    expect(sameCount(list('3/ a', '4/ b'), list('4/ a', '5/ b'))).toBe(false);
    expect(sameCount(list('2/ a', '1/ b'), list('3/ x', '2/ a', '1/ b'))).toBe(true);
    expect(sameCount(list('3/ a', '2/ b'), list('2/ a', '1/ b'))).toBe(false);
  });

  it('lets a single item be the first of a list that has grown', () => {
    expect(sameCount(list('1/ a'), list('1/ x', '2/ a'))).toBe(true);
    expect(sameCount(list('3. a'), list('4. a', '5. b'))).toBe(false);
  });
});
