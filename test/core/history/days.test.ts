import { describe, expect, it } from 'vitest';
import { isEventDate, lastInstant, spanOf } from '#core/history/instants.ts';
import { nextHead } from '#core/history/revision.ts';
import { daysBetween } from '#core/history/timeline.ts';
import { advance, begin, EMPTY_HISTORY, read } from '../../../bench/diff/fold.ts';
import { pageSpec, sampleRevision } from '../../contracts/samples.ts';
import { block, first, PROSE, page } from '../diff/support.ts';

const [a, b, c] = PROSE;
const days = (...dates: (string | null)[]) => first(...dates.map((date, at) => block(PROSE[at] ?? '', date)));

describe('the oldest and newest day of a list', () => {
  it.each([
    [['2022-01-02', '2022-01-01', '2022-01-03'], '2022-01-01', '2022-01-03'],
    [[null, '2022-01-02'], '2022-01-02', '2022-01-02'],
    [['2022-01-02', null], '2022-01-02', '2022-01-02'],
    [[null, null], null, null],
  ])('of %j are %s and %s', (dates, oldest, newest) => {
    expect(daysBetween(days(...dates))).toEqual({ oldest, newest });
  });

  it('leave headings and front matter out', () => {
    const [one, two, three] = days('2021-01-01', '2022-01-02', '2023-01-03');
    if (!one || !two || !three) throw new Error('There are three paragraphs');
    const list = [{ ...one, kind: 'frontMatter' as const }, two, { ...three, kind: 'heading' as const }];
    expect(daysBetween(list)).toEqual({ oldest: '2022-01-02', newest: '2022-01-02' });
  });

  it('widen in the head, and never narrow', () => {
    const spec = pageSpec('p');
    let head = nextHead(null, spec, sampleRevision('p', 1), days('2022-01-05'));
    const bounds: unknown[] = [];
    for (const [number, day] of [
      [2, '2022-01-03'],
      [3, null],
      [4, '2022-01-09'],
    ] as const) {
      head = nextHead(head, spec, sampleRevision('p', number), days(day));
      bounds.push([head.oldestDate, head.newestDate, head.firstObservedAt, head.textLength]);
    }
    const since = '2022-01-01T10:00:00.000Z';
    expect(bounds).toEqual([
      ['2022-01-03', '2022-01-05', since, a.length],
      ['2022-01-03', '2022-01-05', since, a.length],
      ['2022-01-03', '2022-01-09', since, a.length],
    ]);
  });
});

describe('the newest day that a history remembers', () => {
  const start = (date: string | null) => begin(page(block(a, date)), 'page');
  const newestWith = (date: string | null, added: string | null) =>
    read(start(date), page(block(a, date), block(b, added)), 'page').state.newestDate;

  it('moves forward only', () => {
    expect(newestWith('2022-01-05', '2022-01-09')).toBe('2022-01-09');
    expect(newestWith('2022-01-05', '2022-01-01')).toBe('2022-01-05');
    expect(newestWith(null, '2022-01-01')).toBe('2022-01-01');
    expect(newestWith(null, null)).toBeNull();
    const removed = read(start('2022-01-05'), page(block(c, null)), 'page').state;
    expect(removed.newestDate).toBe('2022-01-05');
  });

  it('remembers a text once, however often it was removed', () => {
    const [paragraph] = first(a);
    if (paragraph === undefined) throw new Error('There is a paragraph');
    const ref = { id: paragraph.id, at: 0, text: a };
    const state = { ...EMPTY_HISTORY, paragraphs: [paragraph], removed: [paragraph] };
    const change = { kind: 'removed' as const, before: [ref], after: [], date: null };
    expect(advance(state, { paragraphs: [], changes: [change, change] }).removed).toEqual([paragraph]);
  });
});

describe('spans of time', () => {
  it('of an instant last a millisecond, and end before their end', () => {
    const span = { start: '2024-03-01T10:15:30.123Z', end: '2024-03-01T10:15:30.124Z' };
    expect(spanOf('2024-03-01T10:15:30.1239Z')).toEqual(span);
    expect(lastInstant(span)).toBe('2024-03-01T10:15:30.123Z');
    expect(lastInstant({ start: '2024-01-01T00:00:00.000Z', end: '2025-01-01T00:00:00.000Z' })).toBe(
      '2024-12-31T23:59:59.999Z',
    );
  });

  it.each(['2024-04-31', '2024-02-30', '2023-00-10', '2024-12-32', '2024-01-00'])('do not exist for %s', (text) => {
    expect(isEventDate(text)).toBe(false);
    expect(spanOf(`${text}T10:00Z`)).toBeNull();
  });
});
