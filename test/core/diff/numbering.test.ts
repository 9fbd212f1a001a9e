import { describe, expect, it } from 'vitest';
import { counted, itemOf } from '#core/diff/numbering.ts';
import { block, compare, PROSE, told } from './support.ts';

const numbered = (texts: readonly string[], mark: (n: number) => string): string[] =>
  texts.map((text, at) => `${mark(at + 1)} ${text}`);
const [a, b, c, d] = PROSE;

describe('a numbered list with one item put in', () => {
  const marks: [string, (n: number) => string][] = [
    ['1/', (n) => `${n}/`],
    ['1/9', (n) => `${n}/9`],
    ['1.', (n) => `${n}.`],
    ['(1)', (n) => `(${n})`],
    ['1)', (n) => `${n})`],
    ['#1', (n) => `#${n}`],
  ];
  it.each(marks)('%s: is one addition', (_, mark) => {
    expect(told(compare(numbered([a, b, c], mark), numbered([d, a, b, c], mark)).changes)).toEqual(['added >0']);
    expect(told(compare(numbered([a, b, c], mark), numbered([a, d, b, c], mark)).changes)).toEqual(['added >1']);
    expect(told(compare(numbered([a, b, c], mark), numbered([a, c], mark)).changes)).toEqual(['removed 1>']);
  });

  it('stays quiet at the next sight of the same page', () => {
    const mark = (n: number): string => `${n}/`;
    const now = numbered([d, a, b, c], mark);
    const { paragraphs } = compare(numbered([a, b, c], mark), now);
    expect(compare(paragraphs, now).changes).toEqual([]);
  });

  it('an item that is edited too is an edit', () => {
    const mark = (n: number): string => `${n}/`;
    const changes = told(
      compare(numbered([a, b, c], mark), numbered([d, a, b.replace('spring', 'autumn'), c], mark)).changes,
    );
    expect(changes).toEqual(['added >0', 'edited 1>2']);
  });

  it('a number that does not count on is part of what the paragraph says', () => {
    expect(told(compare([`1/ ${a}`, b], [`7/ ${a}`, b]).changes)).toEqual(['edited 0>0']);
  });

  it('a day in front of a month is no list number', () => {
    const german = (n: number): string => `${n}. Januar lag Schnee auf allen Feldern.`;
    const dated = (n: number) => block(german(n), `2022-01-${n}`);
    expect(told(compare([dated(12), a], [dated(13), a]).changes)).toEqual(['redated 0>0']);
  });
});

describe('itemOf', () => {
  it.each(['12 drones fell', '2022. A year', '1.5 percent', '3/4', '(12', '7.', '12:30 was the hour', '#tag word', ''])(
    'reads no number off %j',
    (text) => {
      expect(itemOf(text)).toBeNull();
    },
  );

  it('takes hostile runs of digits and spaces in stride', () => {
    expect(itemOf(`${'1'.repeat(100_000)}/ a`)).toBeNull();
    expect(itemOf(`1/${' '.repeat(100_000)}`)).toBeNull();
  });
});

describe('counted', () => {
  it('marks items beside their neighbours in number, over what is no item', () => {
    const items = [itemOf('1/ a'), null, itemOf('2/ b'), itemOf('9/ c')];
    expect([...counted(items)]).toEqual([1, 0, 1, 0]);
  });
});
