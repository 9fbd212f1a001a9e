import { describe, expect, it } from 'vitest';
import { ApplyError, apply } from '#core/diff/apply.ts';
import { applyTexts } from '../../../bench/diff/apply-texts.ts';
import { compare, first, PROSE } from './support.ts';

const change = (before: string[], beforeAt: number[], after: string[], afterAt: number[]) => ({
  before,
  beforeAt,
  after,
  afterAt,
});

describe('applyTexts', () => {
  it('inserts, removes and keeps the order of the rest', () => {
    expect(applyTexts(['a', 'b', 'c'], [change(['b'], [1], [], []), change([], [], ['x'], [0])])).toEqual([
      'x',
      'a',
      'c',
    ]);
  });

  it('applies a split, a merge and a reordering', () => {
    expect(applyTexts(['ab', 'c'], [change(['ab'], [0], ['a', 'b'], [0, 1])])).toEqual(['a', 'b', 'c']);
    expect(applyTexts(['a', 'b', 'c'], [change(['a', 'b'], [0, 1], ['ab'], [1])])).toEqual(['c', 'ab']);
    expect(applyTexts(['a', 'b', 'c'], [change(['a', 'c'], [0, 2], ['c', 'a'], [0, 2])])).toEqual(['c', 'b', 'a']);
  });

  it('without changes returns the same list', () => {
    expect(applyTexts(['a', 'b'], [])).toEqual(['a', 'b']);
  });

  it('ignores the order in which the changes are listed', () => {
    const changes = [change([], [], ['x'], [2]), change(['a'], [0], [], []), change([], [], ['y'], [0])];
    const wanted = ['y', 'b', 'x'];
    expect(applyTexts(['a', 'b'], changes)).toEqual(wanted);
    expect(applyTexts(['a', 'b'], [...changes].reverse())).toEqual(wanted);
  });

  it.each([
    ['a text that has another position', [change(['b'], [0], [], [])]],
    ['a position beyond the end of the old list', [change(['a'], [7], [], [])]],
    ['one paragraph removed twice', [change(['a'], [0], [], []), change(['a'], [0], [], [])]],
    ['a position beyond the end of the new list', [change([], [], ['x'], [9])]],
    ['two paragraphs at one position', [change([], [], ['x'], [0]), change([], [], ['y'], [0])]],
    ['fewer positions than texts', [change(['a'], [], [], [])]],
    ['a position that is no whole number', [change([], [], ['x'], [0.5])]],
  ])('refuses %s', (_, changes) => {
    expect(() => applyTexts(['a', 'b'], changes)).toThrow(ApplyError);
  });

  it.each([
    [change(['b'], [0], [], []), 'Position 0 of the list does not have the text that a change removes there: b'],
    [change([], [], ['x'], [9]), 'A change inserts at position 9 of 3, which is taken or outside the list.'],
    [change([], [], ['x'], [-1]), 'A change inserts at position -1 of 3, which is taken or outside the list.'],
    [change(['a', 'b'], [0], [], []), 'A change has 2 texts and 1 positions. It needs one position a text.'],
  ])('names what did not fit: %#', (wrong, message) => {
    expect(() => applyTexts(['a', 'b'], [wrong])).toThrow(new ApplyError(message));
    expect(new ApplyError(message).code).toBe('changes-do-not-fit');
  });

  it('applies a change of 150,000 paragraphs', () => {
    const texts = Array.from({ length: 150_000 }, (_, n) => `p ${n}`);
    const places = texts.map((_, n) => n);
    const reordered = change(texts, places, [...texts].reverse(), places);
    expect(applyTexts(texts, [reordered])).toEqual([...texts].reverse());
  });

  it('inserts at the end of the list', () => {
    expect(applyTexts(['a', 'b'], [change([], [], ['x'], [2])])).toEqual(['a', 'b', 'x']);
  });
});

describe('apply', () => {
  it('refuses changes of another page: equal texts with other ids', () => {
    const { changes } = compare([PROSE[0], PROSE[1]], [PROSE[1]]);
    const other = first(PROSE[0], PROSE[1]).map((paragraph) => ({ ...paragraph, id: `other-${paragraph.id}` }));
    expect(() => apply(other, changes)).toThrow(ApplyError);
  });

  it('returns ids with the texts', () => {
    const { changes, paragraphs } = compare([PROSE[0]], [PROSE[1], PROSE[0]]);
    expect(apply(first(PROSE[0]), changes)).toEqual(paragraphs.map(({ id, text }) => ({ id, text })));
  });
});
