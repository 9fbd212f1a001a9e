import { describe, expect, it } from 'vitest';
import { directionOf } from '#core/diff/late.ts';
import { moveChanges } from '#core/diff/moves.ts';
import { block, compare, first, PROSE } from './support.ts';

const [a, b, c, d] = PROSE;

describe('an addition is late from three days before the newest day on', () => {
  const page = [block(a, '2022-01-15'), block(b, '2022-01-20')];
  const lateAt = (date: string): boolean | undefined =>
    compare(page, [...page, block(c, date)]).changes.find(({ kind }) => kind === 'added')?.late;

  it.each([
    ['two days before', '2022-01-18', undefined],
    ['three days before', '2022-01-17', true],
    ['the month of it', '2022-01', undefined],
    ['the month before it', '2021-12', true],
  ])('%s', (_, date, late) => {
    expect(lateAt(date)).toBe(late);
  });
});

describe('the order of a page', () => {
  const days = (...numbers: readonly number[]) => numbers.map((day) => block(a, `2022-01-${day}`));

  it('needs more than three steps one way for two the other', () => {
    expect(directionOf(days(10, 11, 12, 11, 12, 11))).toBe('unknown');
    expect(directionOf(days(10, 11, 12, 13, 12, 13, 12))).toBe('oldest-first');
    expect(directionOf(days(13, 12, 11, 10, 11, 10, 11))).toBe('newest-first');
  });
});

describe('moves are one reordering', () => {
  const refs = first(...PROSE, ...PROSE, ...PROSE, ...PROSE);
  const kinds = (moves: number, survivors: number): string[] => {
    const own = refs.slice(0, moves).map(({ id, text }, at) => ({ before: { id, at, text }, after: { id, at, text } }));
    return moveChanges(
      own.map((move) => ({ ...move, date: null })),
      survivors,
    ).map(({ kind }) => kind);
  };

  it.each([
    ['four moves, not three', [3, 4], [4, 4]],
    ['a fifth of the survivors, not less', [4, 21], [4, 20]],
    ['32 moves on a page of any length, not 31', [31, 1000], [32, 1000]],
  ] as [string, [number, number], [number, number]][])('from %s', (_, few, many) => {
    expect(kinds(...few)).toEqual(Array.from({ length: few[0] }, () => 'moved'));
    expect(kinds(...many)).toEqual(['reordered']);
  });
});

describe('a split or merge explains four fifths', () => {
  const filler = (count: number): string => Array.from({ length: count }, (_, n) => `filler${n}`).join(' ');
  const words = (prefix: string, count: number): string =>
    Array.from({ length: count }, (_, n) => `${prefix}${n}`).join(' ');
  const kindsOf = (lost: number): string[] => {
    const whole = `${words('left', 20)} ${words('right', 20)} ${filler(lost)}`;
    return compare([d, whole], [d, words('left', 20), words('right', 20)]).changes.map(({ kind }) => kind);
  };

  it('of the whole, and not less', () => {
    expect(kindsOf(8)).toEqual(['split']);
    expect(kindsOf(14)).not.toContain('split');
  });
});

describe('a short text is the same in its place by half of its letters', () => {
  it('and not by less', () => {
    const kinds = (after: string): string[] => compare([a, 'abcdef', b], [a, after, b]).changes.map(({ kind }) => kind);
    expect(kinds('abcxyz')).toEqual(['edited']);
    expect(kinds('abwxyz').sort()).toEqual(['added', 'removed']);
  });
});

describe('a paragraph of 20 words is the same by the words that it kept', () => {
  const words = (prefix: string, count: number): string =>
    Array.from({ length: count }, (_, n) => `${prefix}${n}`).join(' ');
  const old = words('old', 20);
  const kept = (count: number): string => `${words('old', count)} ${words('new', 20 - count)}`;
  const kinds = (before: readonly string[], after: readonly string[]): string[] =>
    compare(before, after)
      .changes.map(({ kind }) => kind)
      .sort();

  it('five of them between the same two neighbours, not three', () => {
    expect(kinds([a, old, b], [a, kept(5), b])).toEqual(['edited']);
    expect(kinds([a, old, b], [a, kept(3), b])).toEqual(['added', 'removed']);
  });

  it('six of them in its order among other changes, not four', () => {
    const [other, another] = [words('gone', 20), words('come', 20)];
    expect(kinds([a, old, other, b], [a, another, kept(6), b])).toEqual(['added', 'edited', 'removed']);
    expect(kinds([a, old, other, b], [a, another, kept(4), b])).toEqual(['added', 'added', 'removed', 'removed']);
  });

  it('six of them elsewhere, not five', () => {
    expect(kinds([old, a, b, c], [a, b, c, kept(6)])).toEqual(['edited']);
    expect(kinds([old, a, b, c], [a, b, c, kept(5)])).toEqual(['added', 'removed']);
  });
});
