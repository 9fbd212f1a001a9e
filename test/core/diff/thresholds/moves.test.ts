import { describe, expect, it } from 'vitest';
import { directionOf } from '#core/diff/late.ts';
import { block, compare, PROSE } from '../support.ts';

const [a, b, c] = PROSE;

describe('an addition is late from three days before the newest day on', () => {
  const page = [block(a, '2022-01-15'), block(b, '2022-01-20')];
  const lateAt = (date: string): boolean | undefined =>
    compare(page, [...page, block(c, date)]).changes.find(({ kind }) => kind === 'added')?.late;

  it.each([
    ['two days before', '2022-01-18', undefined],
    ['three days before', '2022-01-17', true],
    ['the month of it', '2022-01', undefined],
    ['the month before it', '2021-12', true],
    ['the year of it', '2022', undefined],
    ['the year before it', '2021', true],
  ])('%s', (_, date, late) => {
    expect(lateAt(date)).toBe(late);
  });
});

describe('the order of a page', () => {
  const days = (...numbers: readonly number[]) => numbers.map((day) => block(a, `2022-01-${day}`));

  it('needs more than three steps one way for two the other', () => {
    expect(directionOf(days(10, 11, 12, 11, 12, 11))).toBe('unknown');
    expect(directionOf(days(12, 11, 10, 11, 10, 11))).toBe('unknown');
    expect(directionOf(days(10, 11, 12, 13, 12, 13, 12))).toBe('oldest-first');
    expect(directionOf(days(13, 12, 11, 10, 11, 10, 11))).toBe('newest-first');
  });
});

describe('moves are one reordering', () => {
  /** A page of notes of which the first `moved` change their order: each goes behind the others, one by one. */
  const kinds = (moved: number, size: number): string[] => {
    const notes = Array.from({ length: size }, (_, n) => `note${n} remark${n} entry${n}`);
    const after = [...notes.slice(moved), ...notes.slice(0, moved)];
    return compare(notes, after).changes.map(({ kind }) => kind);
  };

  it.each([
    ['four moves, not three', [3, 10], [4, 10]],
    ['a fifth of the paragraphs, not less', [4, 21], [4, 20]],
    ['32 moves on a page of any length, not 31', [31, 1000], [32, 1000]],
  ] as [string, [number, number], [number, number]][])('from %s', (_, few, many) => {
    expect(kinds(...few)).toEqual(Array.from({ length: few[0] }, () => 'moved'));
    expect(kinds(...many)).toEqual(['reordered']);
  });
});
