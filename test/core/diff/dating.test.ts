import { describe, expect, it } from 'vitest';
import { diff } from '#core/diff/index.ts';
import { compareDates, directionOf, newestDate } from '#core/diff/late.ts';
import { block, changesOf, compare, first, NO_MEMORY, PROSE } from './support.ts';

const [a, b, c, d, e] = PROSE;
const inherited = (text: string, date: string) => block(text, date, 'inherited');
const under = (text: string, date: string) => block(text, date, 'heading');

describe('dates that are only inherited', () => {
  it('do not change when a dated paragraph is inserted above', () => {
    const before = [block(a, '2022-01-12'), inherited(b, '2022-01-12'), c];
    const after = [block(a, '2022-01-12'), block(d, '2022-01-20'), inherited(b, '2022-01-20'), c];
    const { changes, paragraphs } = compare(before, after);
    expect(changesOf(changes)).toEqual(['added >1']);
    expect(paragraphs[2]?.date).toBe('2022-01-12');
  });

  it('do not change when the paragraph above is removed, and new ones do not inherit from it', () => {
    const { changes, paragraphs } = compare(
      [block(a, '2022-01-12'), inherited(b, '2022-01-12'), c],
      [block(b), inherited(c, '2022-01-30')],
    );
    expect(changesOf(changes)).toEqual(['removed 0>']);
    expect(paragraphs.map(({ date }) => date)).toEqual(['2022-01-12', null]);
  });

  it('change with the paragraph they come from', () => {
    const before = [block(`On 12 January, ${a}`, '2022-01-12'), inherited(b, '2022-01-12')];
    const after = [block(`On 13 January, ${a}`, '2022-01-13'), inherited(b, '2022-01-13')];
    expect(changesOf(compare(before, after).changes)).toEqual(['redated 0>0', 'redated 1>1']);
  });

  it('survive a move and an edit of their paragraph', () => {
    const before = [block(a, '2022-01-12'), inherited(b, '2022-01-12'), block(c, '2022-01-14'), d, e];
    const after = [
      block(a, '2022-01-12'),
      block(c, '2022-01-14'),
      d,
      e,
      inherited(b.replace('spring', 'autumn'), '2022-01-14'),
    ];
    const { changes, paragraphs } = compare(before, after);
    expect(changes).toMatchObject([{ kind: 'edited', moved: true, date: '2022-01-12' }]);
    expect(paragraphs[4]).toMatchObject({ date: '2022-01-12', dateBasis: 'inherited' });
  });

  it('are kept in the paragraphs: the next comparison does not redate either', () => {
    const before = first(block(a, '2022-01-12'), inherited(b, '2022-01-12'));
    const now = [block(a, '2022-01-12'), block(d, '2022-01-20'), inherited(b, '2022-01-20')];
    const once = diff(before, now, NO_MEMORY, 'page');
    expect(diff(once.paragraphs, now, NO_MEMORY, 'page').changes).toEqual([]);
  });
});

describe('dates inherited across a paragraph that was inserted later', () => {
  const mark = (day: number, text: string) =>
    block(`On ${day} January, ${text}`, `2022-01-${String(day).padStart(2, '0')}`);
  const begun = first(mark(5, a), inherited(b, '2022-01-05'));
  const { paragraphs } = diff(begun, [mark(5, a), mark(7, c), inherited(b, '2022-01-07')], NO_MEMORY, 'page');

  it('do not change with the inserted paragraph', () => {
    const { changes, paragraphs: now } = diff(
      paragraphs,
      [mark(5, a), mark(8, c), inherited(b, '2022-01-08')],
      NO_MEMORY,
      'page',
    );
    expect(changesOf(changes)).toEqual(['redated 1>1']);
    expect(now[2]?.date).toBe('2022-01-05');
  });

  it('still change with the paragraph they come from', () => {
    const { changes, paragraphs: now } = diff(
      paragraphs,
      [mark(4, a), mark(7, c), inherited(b, '2022-01-07')],
      NO_MEMORY,
      'page',
    );
    expect(changesOf(changes)).toEqual(['redated 0>0', 'redated 2>2']);
    expect(changes[1]).toMatchObject({ date: '2022-01-04', dateBefore: '2022-01-05' });
    expect(now[2]).toMatchObject({ date: '2022-01-04', dateBasis: 'inherited' });
  });

  it('stay when that paragraph is removed', () => {
    const { changes, paragraphs: now } = diff(paragraphs, [mark(7, c), inherited(b, '2022-01-07')], NO_MEMORY, 'page');
    expect(changesOf(changes)).toEqual(['removed 0>']);
    expect(now[1]?.date).toBe('2022-01-05');
  });
});

describe('dates with evidence', () => {
  it('change with their heading', () => {
    const before = [block('10 January', '2022-01-10'), under(a, '2022-01-10'), b];
    const after = [block('11 January', '2022-01-11'), under(a, '2022-01-11'), b];
    expect(changesOf(compare(before, after).changes)).toEqual(['redated 0>0', 'redated 1>1']);
  });

  it('an edit that removes the date from the text redates it', () => {
    const [change] = compare([block(`On 12 January, ${a}`, '2022-01-12'), b], [a, b]).changes;
    expect(change).toMatchObject({ kind: 'redated', date: null, dateBefore: '2022-01-12', edited: true });
  });

  it('another basis for the same date is no change', () => {
    expect(compare([under(a, '2022-01-12')], [block(a, '2022-01-12')]).changes).toEqual([]);
  });
});

describe('late additions', () => {
  const day = (n: number, text: string) => block(text, `2022-01-${n}`);
  const newestFirst = [day(20, a), day(18, b), day(16, c)];
  const oldestFirst = [...newestFirst].reverse();
  const late = (before: Parameters<typeof compare>[0], after: Parameters<typeof compare>[1]): (boolean | undefined)[] =>
    compare(before, after).changes.map((change) => change.late);

  it('a newest one is not late, whether the newest are on top or at the end', () => {
    expect(late(newestFirst, [day(21, d), ...newestFirst])).toEqual([undefined]);
    expect(late(oldestFirst, [...oldestFirst, day(21, d)])).toEqual([undefined]);
    expect(late(newestFirst, [day(20, d), ...newestFirst])).toEqual([undefined]);
    expect(late(oldestFirst, [...oldestFirst, inherited(d, '2022-01-20')])).toEqual([undefined]);
  });

  it('an undated one on top of a page with the newest on top is not late', () => {
    expect(late(newestFirst, [block(d), ...newestFirst])).toEqual([undefined]);
  });

  it('one inserted among older ones is late', () => {
    expect(late(newestFirst, [day(20, a), day(19, d), day(18, b), day(16, c)])).toEqual([true]);
    expect(late(oldestFirst, [day(16, c), day(18, b), day(19, d), day(20, a)])).toEqual([true]);
    expect(late(newestFirst, [day(20, a), day(18, b), block(d), day(16, c)])).toEqual([true]);
  });

  it('one of an older day is late on either side of another of that day', () => {
    const page = [day(28, a), day(26, b), day(24, c)];
    expect(late(page, [day(28, a), day(26, d), day(26, b), day(24, c)])).toEqual([true]);
    expect(late(page, [day(28, a), day(26, b), day(26, d), day(24, c)])).toEqual([true]);
    const end = [...page].reverse();
    expect(late(end, [day(24, c), day(26, d), day(26, b), day(28, a)])).toEqual([true]);
    expect(late(end, [day(24, c), day(26, b), day(26, d), day(28, a)])).toEqual([true]);
  });

  it('one of an event long before the newest is late at any position', () => {
    expect(late(newestFirst, [day(12, d), ...newestFirst])).toEqual([true]);
    const memory = { removed: [], newestDate: '2022-03-01' };
    expect(compare([a, b], [a, b, day(20, c)], memory).changes[0]?.late).toBe(true);
  });

  it('nothing is late on a page without dates', () => {
    expect(late([a, b, c], [a, d, b, c])).toEqual([undefined]);
  });

  it('one dated to a month is not late in that month', () => {
    expect(late(newestFirst, [block(d, '2022-01'), ...newestFirst])).toEqual([undefined]);
  });
});

describe('order and newest date', () => {
  it('reads the direction from dates with evidence', () => {
    const days = ['2022-01-10', '2022-01-11', '2022-01-12'].map((date) => block(a, date));
    expect(directionOf(days)).toBe('oldest-first');
    expect(directionOf([...days].reverse())).toBe('newest-first');
    expect(directionOf([block(a), inherited(b, '2022-01-10')])).toBe('unknown');
  });

  it('compares dates of different granularity by their common part', () => {
    expect(compareDates('2022-01', '2022-01-20')).toBe(0);
    expect(compareDates('2022-01-19', '2022-02')).toBeLessThan(0);
    expect(compareDates('2023', '2022-12-31')).toBeGreaterThan(0);
  });

  it('an announced day is not the newest that happened', () => {
    const mention = {
      text: '1 May 2024',
      start: 0,
      end: 10,
      granularity: 'day',
      literal: '2024-05-01',
      value: '2024-05-01',
      role: 'scheduled',
      basis: 'explicit',
    } as const;
    const announced = { ...block(a, '2024-05-01'), mentions: [mention] };
    expect(newestDate([announced, block(b, '2022-01-12'), block(c, '2022-01')])).toBe('2022-01-12');
    expect(newestDate([announced])).toBeNull();
  });
});
