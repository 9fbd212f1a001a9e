import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesConfig } from '#core/config.ts';
import { belongs, discover, searchKey } from '#core/schedule/discover.ts';

const NOW = new Date('2022-03-10T12:00:00Z');
const BASE = 'https://www.example.org/military/war';
const DAILY: SeriesConfig = { id: 'east', pattern: `${BASE}/east-{yyyy}-{MM}-{dd}.htm`, from: '2022-02', hub: 'index' };
const MONTHLY: SeriesConfig = { id: 'putin', pattern: `${BASE}/putin-{yyyy}-{MM}.htm`, from: '2022-01', hub: 'index' };

const found = (series: SeriesConfig, links: readonly string[], tracked: readonly string[] = []) => {
  const { members, odd } = discover(series, links, tracked, NOW);
  return { members: members.map((page) => page.id), odd };
};
const NOTHING = { members: [], odd: [] };

describe('members among the links of a hub', () => {
  it('are tracked under the spelling of the pattern, in the order of the page, each once', () => {
    const { members } = discover(
      DAILY,
      [
        'http://example.org/military/war/east-2022-03-02.htm',
        `${BASE}/east-2022-03-01.htm`,
        'https://example.org/military/war/east-2022-03-02.htm#map',
        `${BASE}/east-2022-03-01.htm`,
      ],
      [],
      NOW,
    );
    expect(members).toEqual([
      { id: 'east-2022-03-02', url: `${BASE}/east-2022-03-02.htm`, name: null, rolling: false, series: 'east' },
      { id: 'east-2022-03-01', url: `${BASE}/east-2022-03-01.htm`, name: null, rolling: false, series: 'east' },
    ]);
  });

  it.each([
    ['the first day of the first month', '2022-02-01', true],
    ['the day before it', '2022-01-31', false],
    ['today', '2022-03-10', true],
    ['a day soon', '2022-03-15', true],
    ['a day that is further ahead', '2022-03-17', false],
  ])('%s is one: %s, %s', (_, day, isMember) => {
    const { members, odd } = found(DAILY, [`${BASE}/east-${day}.htm`]);
    expect(members).toHaveLength(isMember ? 1 : 0);
    expect(odd).toEqual([]);
  });

  it.each([
    ['the last day of the last month', '2022-02-28', true],
    ['the day after it', '2022-03-01', false],
  ])('with an end, %s is one: %s, %s', (_, day, isMember) => {
    expect(found({ ...DAILY, until: '2022-02' }, [`${BASE}/east-${day}.htm`]).members).toHaveLength(isMember ? 1 : 0);
  });

  it('of a monthly series are found too', () => {
    expect(found(MONTHLY, [`${BASE}/putin-2022-02.htm`, `${BASE}/putin-2021-12.htm`])).toEqual({
      members: ['putin-2022-02'],
      odd: [],
    });
  });
});

describe('a hand-typed link that breaks the pattern is odd', () => {
  it.each([
    ['a month of one digit', MONTHLY, 'putin-2022-1.htm'],
    ['a year of three', MONTHLY, 'putin-202-01.htm'],
    ['a year of five', MONTHLY, 'putin-20222-01.htm'],
    ['no such month', MONTHLY, 'putin-2022-13.htm'],
    ['no such day', DAILY, 'east-2022-02-30.htm'],
    ['an underscore', MONTHLY, 'putin-2022_01.htm'],
    ['a missing hyphen', DAILY, 'east-2022-0301.htm'],
    ['two hyphens', DAILY, 'east-2022--03-01.htm'],
    ['a misspelt name', MONTHLY, 'puttin-2022-01.htm'],
    ['a capital', MONTHLY, 'Putin-2022-01.htm'],
    ['swapped letters', MONTHLY, 'puitn-2022-01.htm'],
    ['another ending', MONTHLY, 'putin-2022-01.html'],
    ['a letter for a digit', MONTHLY, 'putin-2022-O1.htm'],
    ['a second version', MONTHLY, 'putin-2022-01a.htm'],
    ['a year that is far ahead', MONTHLY, 'putin-2202-01.htm'],
    ['a month that begins more than 366 days from now', MONTHLY, 'putin-2023-04.htm'],
    ['a day more than 366 days from now', DAILY, 'east-2023-03-12.htm'],
    ['two slips', MONTHLY, 'puttin-20222-01.htm'],
  ])('%s', (_, series, name) => {
    expect(found(series, [`${BASE}/${name}`])).toEqual({ members: [], odd: [`${BASE}/${name}`] });
  });

  it('under any spelling of the host, reported once and as it is written', () => {
    const links = ['http://example.org/military/war/putin-2022-1.htm', `${BASE}/putin-2022-1.htm#a`];
    expect(found(MONTHLY, links).odd).toEqual([links[0]]);
  });

  it.each([
    ['in the folders', 'https://example.org/{yyyy}/{MM}/index.html', 'https://example.org/2022/1/index.html'],
    ['in the query', 'https://example.org/list?month={yyyy}-{MM}', 'https://example.org/list?month=2022-1'],
    ['in a short name', 'https://example.org/days/{yyyy}{MM}.htm', 'https://example.org/days/20221.htm'],
  ])('with the month %s', (_, pattern, link) => {
    expect(found({ ...MONTHLY, pattern }, [link]).odd).toEqual([link]);
  });
});

describe('other links are neither', () => {
  it.each([
    ['another page of the folder', `${BASE}/index.htm`],
    ['a page of a like name without a date', `${BASE}/putin.htm`],
    ['the page of a whole year', `${BASE}/putin-2021.htm`],
    ['a day of another series', `${BASE}/east-2022-03-01.htm`],
    ['a like name in another folder', 'https://www.example.org/other/putin-2022-1.htm'],
    ['a like name on another host', 'https://evil.test/military/war/putin-2022-1.htm'],
    ['a month that is linked ahead', `${BASE}/putin-2022-12.htm`],
    ['a month that begins within 366 days', `${BASE}/putin-2023-03.htm`],
    ['a name of three slips', `${BASE}/puttin-20222-001.htm`],
    ['a month before the first', `${BASE}/putin-2019-12.htm`],
    ['a link that is endless', `${BASE}/putin-2022-01.htm?${'x'.repeat(2_000)}`],
    ['a print version', `${BASE}/putin-2022-01-print.htm`],
  ])('%s', (_, link) => {
    expect(found(MONTHLY, [link])).toEqual(NOTHING);
  });

  it.each([
    [
      'https://example.org/{yyyy}/{MM}/{dd}.html',
      ['https://example.org/2022/03/a.html', 'https://example.org/2022/03/all.html'],
    ],
    [
      'https://example.org/{yyyy}/{MM}/',
      ['https://example.org/2022/', 'https://example.org/about/us/', 'https://example.org/'],
    ],
    ['https://example.org/en/{yyyy}-{MM}.htm', ['https://example.org/fr/2022-03.htm', 'https://example.org/en/x.htm']],
  ])('neighbours of %s', (pattern, links) => {
    expect(found({ ...DAILY, pattern }, links)).toEqual(NOTHING);
  });

  it('a day that lies within 366 days from now', () => {
    expect(found(DAILY, [`${BASE}/east-2023-03-11.htm`])).toEqual(NOTHING);
  });

  it.each([
    ['{yyyy}{MM}.htm', '2022.htm', 'two missing digits make the page of a year', false],
    ['{yyyy}{MM}.htm', '20221.htm', 'one missing digit is a slip', true],
    ['{yyyy}-{MM}.htm', '2022_1.htm', 'two slips are slips from eight characters on', true],
    ['y-{yyyy}-{MM}.htm', 'x-2022-1.htm', 'two slips are slips in a longer one too', true],
  ])('of a short name %s, %s: %s', (name, link, _, isOdd) => {
    const { odd } = found({ ...MONTHLY, pattern: `${BASE}/${name}` }, [`${BASE}/${link}`]);
    expect(odd).toHaveLength(isOdd ? 1 : 0);
  });

  it('a link of more than 300 characters', () => {
    const link = `${BASE}/putin-2022-02.htm#`;
    expect(found(MONTHLY, [link.padEnd(300, 'x')]).members).toEqual(['putin-2022-02']);
    expect(found(MONTHLY, [link.padEnd(301, 'x')])).toEqual(NOTHING);
  });

  it('a page that is configured by itself is never odd, in any spelling, though it breaks the pattern', () => {
    const head = `${BASE}/putin-2021-1.htm`;
    const links = [head, 'http://example.org/military/war/putin-2021-1.htm', `${head}#top`];
    expect(found(MONTHLY, links, [head])).toEqual(NOTHING);
    expect(found(MONTHLY, links, []).odd).toHaveLength(1);
  });

  it('a member that is configured by itself is not tracked a second time', () => {
    expect(
      found(MONTHLY, [`${BASE}/putin-2022-02.htm`], ['http://example.org/military/war/putin-2022-02.htm']),
    ).toEqual(NOTHING);
  });
});

it('finds every member that is linked, and calls none odd', () => {
  const days = fc
    .integer({ min: 0, max: 37 })
    .map((day) => new Date(Date.UTC(2022, 1, 1 + day)).toISOString().slice(0, 10));
  const spelling = fc.constantFrom('https://www.', 'http://www.', 'https://', 'http://');
  fc.assert(
    fc.property(fc.array(fc.tuple(days, spelling), { maxLength: 30 }), (links) => {
      const { members, odd } = found(
        DAILY,
        links.map(([day, start]) => `${start}example.org/military/war/east-${day}.htm`),
      );
      expect(members).toEqual([...new Set(links.map(([day]) => `east-${day}`))]);
      expect(odd).toEqual([]);
    }),
  );
});

it('takes whatever links a page may hold', () => {
  const long = Array.from({ length: 2_000 }, (_, index) => `${BASE}/putin-${'2022-'.repeat(30)}${index}.htm`);
  expect(found(MONTHLY, long)).toEqual(NOTHING);
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.webUrl())), (links) => void discover(MONTHLY, links, [], NOW)),
  );
});

describe('whether a page still belongs to its series', () => {
  const page = { series: 'east', url: `${BASE}/east-2022-03-01.htm` };
  it.each([
    ['as it was found', [DAILY], true],
    ['when another is added', [MONTHLY, DAILY], true],
    ['when the series is removed', [MONTHLY], false],
    ['when it ended before', [{ ...DAILY, until: '2022-02' }], false],
    ['when it ends with this month', [{ ...DAILY, until: '2022-03' }], true],
    ['when it begins later', [{ ...DAILY, from: '2022-04' }], false],
    ['when its pattern is another', [{ ...DAILY, pattern: `${BASE}/west-{yyyy}-{MM}-{dd}.htm` }], false],
    [
      'when its pattern is spelt otherwise',
      [{ ...DAILY, pattern: DAILY.pattern.replace('https://www.', 'http://') }],
      true,
    ],
  ])('%s: %s', (_, series, expected) => {
    expect(belongs(series, page)).toBe(expected);
  });

  it('is no question for a page of none', () => {
    expect(belongs([DAILY], { ...page, series: null })).toBe(false);
  });
});

describe('what a hub is searched for', () => {
  const key = searchKey([DAILY, MONTHLY], 'index');
  it('has a name where the page is a hub, and none elsewhere', () => {
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(searchKey([DAILY, MONTHLY], 'other')).toBeNull();
    expect(searchKey([], 'index')).toBeNull();
  });

  it.each([
    ['a series is removed', [DAILY]],
    ['a pattern is another', [{ ...DAILY, pattern: `${BASE}/west-{yyyy}-{MM}-{dd}.htm` }, MONTHLY]],
    ['it begins earlier', [{ ...DAILY, from: '2022-01' }, MONTHLY]],
    ['it ends', [{ ...DAILY, until: '2023-01' }, MONTHLY]],
  ])('has another name when %s', (_, series) => {
    expect(searchKey(series, 'index')).not.toBe(key);
  });

  it('has the same name whatever else is configured', () => {
    const { hub: _, ...unlinked } = { ...MONTHLY, id: 'c' };
    expect(searchKey([DAILY, unlinked, MONTHLY], 'index')).toBe(key);
  });
});
