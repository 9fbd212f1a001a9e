import { describe, expect, it } from 'vitest';
import type { Mention } from '#core/dates/types.ts';
import { RANGE_DAYS_LIMIT, REPORTED_DAYS_LIMIT, reportedDays } from '#core/history/days.ts';
import { timelineEntries } from '#core/history/timeline.ts';
import { sampleRevision, sightsOf } from '../../contracts/samples.ts';
import { paragraphOf } from '../../support/chronicle.ts';

const mention = (value: string | null, over: Partial<Mention> = {}): Mention => ({
  text: 'x',
  start: 0,
  end: 1,
  granularity: 'day',
  literal: value ?? '',
  value,
  role: 'event',
  basis: 'inferred-year',
  ...over,
});
const paragraph = (date: string | null, ...mentions: Mention[]) =>
  paragraphOf({ id: 'a', text: 'x', date, dateBasis: date === null ? 'none' : 'explicit', mentions });
const daysOf = (date: string | null, ...mentions: Mention[]) =>
  reportedDays(paragraph(date, ...mentions)).days.map((day) => day.date);

describe('the days that a paragraph reports', () => {
  it('are its event date first, then those that it mentions as an event, each once', () => {
    const days = [mention('2022-01-12'), mention('2022-01-13'), mention('2022-01-11'), mention('2022-01-12')];
    expect(daysOf('2022-01-13', ...days)).toEqual(['2022-01-13', '2022-01-12', '2022-01-11']);
    expect(daysOf(null, mention('2022-01-12'))).toEqual([null, '2022-01-12']);
    expect(reportedDays(paragraph('2022-01-13', mention('2022-01-12'))).days.map(({ basis }) => basis)).toEqual([
      'explicit',
      'inferred-year',
    ]);
  });

  it.each(['scheduled', 'background', 'historical', 'attribute', 'deadline', 'context', 'none'] as const)(
    'leave out a day with the role %s',
    (role) => {
      expect(daysOf('2022-01-13', mention('2022-01-12', { role }))).toEqual(['2022-01-13']);
    },
  );

  it.each([null, '2022-01', '2022', '2022-W03', '2021/2022'])('leave out what is no day: %s', (value) => {
    expect(daysOf('2022-01-13', mention(value))).toEqual(['2022-01-13']);
  });

  it('are all days of a short range, and both ends of a long one', () => {
    expect(daysOf('2022-03-01', mention('2022-02-27/2022-03-01'))).toEqual(['2022-03-01', '2022-02-27', '2022-02-28']);
    expect(daysOf(null, mention('2022-01-01/2022-01-31'))).toHaveLength(1 + RANGE_DAYS_LIMIT);
    expect(daysOf(null, mention('2022-01-01/2022-02-01'))).toEqual([null, '2022-01-01', '2022-02-01']);
    expect(daysOf(null, mention('2022-01-05/2022-01-02'))).toEqual([null, '2022-01-05', '2022-01-02']);
  });

  it('are bounded in a paragraph with thousands of dates, and its entry shows how many are left out', () => {
    const start = Date.UTC(2022, 0, 1);
    const many = Array.from({ length: 5_000 }, (_, at) =>
      mention(new Date(start + at * 86_400_000).toISOString().slice(0, 10)),
    );
    const hostile = paragraph('2022-01-01', ...many);
    expect(reportedDays(hostile)).toMatchObject({ omitted: 5_000 - REPORTED_DAYS_LIMIT });
    const revision = sampleRevision('page', 1);
    const entries = timelineEntries([], [{ ...hostile, ...sightsOf(revision) }], revision);
    expect(entries).toHaveLength(REPORTED_DAYS_LIMIT);
    expect(entries.map(({ omittedDays }) => omittedDays)).toEqual([
      5_000 - REPORTED_DAYS_LIMIT,
      ...Array.from({ length: REPORTED_DAYS_LIMIT - 1 }, () => undefined),
    ]);
  });
});

describe('a change of the days that a paragraph reports', () => {
  const seen = (day: number, date: string | null, ...mentions: Mention[]) => ({
    ...paragraph(date, ...mentions),
    ...sightsOf(sampleRevision('page', day)),
  });
  const entries = (before: ReturnType<typeof seen>, after: ReturnType<typeof seen> | null) =>
    timelineEntries([before], after === null ? [] : [after], sampleRevision('page', 2)).map(
      ({ date, present, eventDate }) => [date, present, eventDate === date],
    );

  it('takes it off the days that it no longer reports, and only off those', () => {
    const before = seen(1, '2022-01-13', mention('2022-01-12'), mention('2022-01-11'));
    expect(entries(before, seen(1, '2022-01-12', mention('2022-01-13')))).toEqual([
      ['2022-01-11', false, false],
      ['2022-01-12', true, true],
      ['2022-01-13', true, false],
    ]);
  });

  it('takes a removed one off every day', () => {
    expect(entries(seen(1, '2022-01-13', mention('2022-01-12')), null)).toEqual([
      ['2022-01-13', false, true],
      ['2022-01-12', false, false],
    ]);
  });

  it('is written also when its text and its date stay', () => {
    const before = seen(1, '2022-01-13');
    expect(entries(before, seen(1, '2022-01-13', mention('2022-01-12')))).toEqual([
      ['2022-01-13', true, true],
      ['2022-01-12', true, false],
    ]);
    expect(entries(before, before)).toEqual([]);
  });
});
