import { describe, expect, it } from 'vitest';
import { parseConfig } from '#core/config.ts';
import { configuredPages, PROBE_DAYS, seriesMembers } from '#core/schedule/series.ts';

const PATTERN = 'https://www.example.org/putin-{yyyy}-{MM}.htm';
const months = (now: string, series: { from: string; until?: string; pattern?: string }) =>
  seriesMembers({ pattern: PATTERN, ...series }, new Date(now)).map(
    ({ year, month }) => `${year}-${String(month).padStart(2, '0')}`,
  );

describe('the months of a series', () => {
  it.each([
    ['from its first to this one', '2022-03-10T00:00:00Z', { from: '2022-01' }, ['2022-01', '2022-02', '2022-03']],
    ['over the end of a year', '2022-01-10T00:00:00Z', { from: '2021-11' }, ['2021-11', '2021-12', '2022-01']],
    ['not beyond its last', '2022-06-10T00:00:00Z', { from: '2022-01', until: '2022-02' }, ['2022-01', '2022-02']],
    [
      'not the future that its last allows',
      '2022-02-10T00:00:00Z',
      { from: '2022-01', until: '2030-01' },
      ['2022-01', '2022-02'],
    ],
    ['none before its first', '2021-06-10T00:00:00Z', { from: '2022-01' }, []],
    ['one where first and last are one', '2022-06-10T00:00:00Z', { from: '2022-01', until: '2022-01' }, ['2022-01']],
  ])('%s', (_, now, series, expected) => {
    expect(months(now, series)).toEqual(expected);
  });

  it.each([
    ['2022-01-26T23:59:59.999Z', ['2022-01']],
    ['2022-01-27T00:00:00.000Z', ['2022-01', '2022-02']],
    ['2022-01-31T23:59:59.999Z', ['2022-01', '2022-02']],
    ['2022-02-23T23:59:59.999Z', ['2022-01', '2022-02']],
    ['2022-02-24T00:00:00.000Z', ['2022-01', '2022-02', '2022-03']],
  ])('the next one is looked for from %s days before it begins', (now, expected) => {
    expect(PROBE_DAYS).toBe(5);
    expect(months(now, { from: '2022-01' })).toEqual(expected);
  });

  it('the first one too is looked for before it begins', () => {
    expect(months('2021-12-28T00:00:00Z', { from: '2022-01' })).toEqual(['2022-01']);
  });

  it('are not computed where the pattern names days: no month has all its days', () => {
    expect(months('2022-03-10T00:00:00Z', { from: '2022-01', pattern: 'https://example.org/{yyyy}{MM}{dd}' })).toEqual(
      [],
    );
  });
});

describe('every page that a configuration names', () => {
  const now = new Date('2022-02-10T00:00:00Z');
  const ids = (input: unknown) => configuredPages(parseConfig(input), now).map((page) => page.id);
  const series = { id: 'putin', pattern: PATTERN, from: '2022-01' };

  it('is a page by itself or a month of a series', () => {
    expect(ids({ pages: [{ id: 'head', url: 'https://www.example.org/putin-2021.htm' }], series: [series] })).toEqual([
      'head',
      'putin-2022-01',
      'putin-2022-02',
    ]);
  });

  it('has its name, its kind and its series', () => {
    const config = parseConfig({
      pages: [{ id: 'day', url: 'https://www.example.org/day.htm', name: 'Day by day', rolling: true }],
      series: [series],
    });
    const [page, member] = configuredPages(config, now);
    expect(page).toEqual({
      id: 'day',
      url: 'https://www.example.org/day.htm',
      name: 'Day by day',
      rolling: true,
      series: null,
    });
    expect(member).toMatchObject({ series: 'putin', name: null, rolling: false });
  });

  it.each([
    ['its own spelling', 'https://www.example.org/putin-2022-01.htm'],
    ['another spelling', 'http://example.org/putin-2022-01.htm'],
  ])('is there once when it is named by itself too, in %s', (_, url) => {
    expect(ids({ pages: [{ id: 'first', url }], series: [series] })).toEqual(['first', 'putin-2022-02']);
  });

  it('is there once when two series make the same address', () => {
    const again = { ...series, id: 'again', pattern: PATTERN.replace('https://www.', 'http://') };
    expect(ids({ series: [series, again] })).toEqual(['putin-2022-01', 'putin-2022-02']);
  });

  it('gives way to the page that has the id of a month', () => {
    const pages = [{ id: 'putin-2022-01', url: 'https://www.example.org/elsewhere.htm' }];
    expect(configuredPages(parseConfig({ pages, series: [series] }), now).map((page) => page.url)).toEqual([
      'https://www.example.org/elsewhere.htm',
      'https://www.example.org/putin-2022-02.htm',
    ]);
  });
});
