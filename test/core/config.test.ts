import { describe, expect, it } from 'vitest';
import { defineConfig, parseConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';

const PAGE = { id: 'harbour', url: 'https://www.example.org/harbour.htm' };
const SERIES = { id: 'war', pattern: 'https://www.example.org/war-{yyyy}-{MM}.htm', from: '2022-01' };

function complaint(input: unknown): string {
  try {
    parseConfig(input);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    expect(error.code).toBe('bad-config');
    expect(error.message).not.toContain('\n');
    return error.message.replace('The configuration is wrong: ', '');
  }
  throw new Error('it was taken for right');
}

describe('a wrong field is named, with what it held', () => {
  const page = (field: object) => ({ pages: [{ ...PAGE, ...field }] });
  const series = (field: object) => ({ pages: [PAGE], series: [{ ...SERIES, ...field }] });
  const part = (name: string, field: object) => ({ pages: [PAGE], [name]: field });

  it.each<[string, unknown, RegExp]>([
    ['nothing at all', undefined, /^the file exports none: export default defineConfig\(/],
    ['a text', 'pages', /^the whole: .*\(given: "pages"\)$/],
    ['a number', 7, /^the whole: .*\(given: 7\)$/],
    ['no page and no series', {}, /^pages: name at least one page or one series/],
    ['an unknown key', { pages: [PAGE], page: [] }, /^the whole: .*"page"$/],
    ['pages of another kind', { pages: 'all' }, /^pages: .*\(given: "all"\)$/],
    ['an access of another kind', part('reader', { access: 'open' }), /^reader\.access: .*\(given: "open"\)$/],
    ['a budget below zero', part('alerts', { budgetUsd: -1 }), /^alerts\.budgetUsd: .*\(given: -1\)$/],
    ['a page of another kind', { pages: [5] }, /^pages\[0\]: .*\(given: 5\)$/],
    ['no id', { pages: [{ url: PAGE.url }] }, /^pages\[0\]\.id: .*\(given: nothing\)$/],
    ['an id with a blank', page({ id: 'my page' }), /^pages\[0\]\.id: use 1-80 of .*\(given: "my page"\)$/],
    ['an id of a slash', page({ id: '../x' }), /^pages\[0\]\.id: .*\(given: "\.\.\/x"\)$/],
    ['an id that is too long', page({ id: 'x'.repeat(81) }), /^pages\[0\]\.id: use 1-80/],
    ['a number for an id', page({ id: 3 }), /^pages\[0\]\.id: .*\(given: 3\)$/],
    ['an id that is taken', { pages: [PAGE, PAGE] }, /^pages\[1\]\.id: "harbour" is already taken by pages\[0\]\.id/],
    [
      'an id that a series has',
      { pages: [PAGE], series: [{ ...SERIES, id: 'harbour' }] },
      /^series\[0\]\.id: "harbour" is already taken by pages\[0\]\.id/,
    ],
    ['no address', { pages: [{ id: 'a' }] }, /^pages\[0\]\.url: .*\(given: nothing\)$/],
    [
      'a relative address',
      page({ url: '/a.htm' }),
      /^pages\[0\]\.url: give an absolute http or https URL.*\(given: "\/a\.htm"\)$/,
    ],
    ['another scheme', page({ url: 'ftp://example.org/' }), /^pages\[0\]\.url: .*\(given: "ftp:\/\/example\.org\/"\)$/],
    [
      'a password',
      page({ url: 'https://me:secret@example.org/' }),
      /^pages\[0\]\.url: .*without user name or password/,
    ],
    ['an object for an address', page({ url: { href: 'x' } }), /^pages\[0\]\.url: .*\(given: \{"href":"x"\}\)$/],
    ['an empty name', page({ name: '' }), /^pages\[0\]\.name: .*\(given: ""\)$/],
    ...['https://example.org', 'example.org:80', 'example.org/a', 'me@example.org', 'ex ample.org', ''].map(
      (host): [string, unknown, RegExp] => [
        `a host "${host}"`,
        part('fetch', { hosts: [host] }),
        /^fetch\.hosts\[0\]: give the name of a host.*\(given: "/,
      ],
    ),
    ['a text for rolling', page({ rolling: 'yes' }), /^pages\[0\]\.rolling: .*\(given: "yes"\)$/],
    ['an unknown key of a page', page({ every: 5 }), /^pages\[0\]: .*"every"$/],
    ['series of another kind', part('series', { a: 1 }), /^series: .*\(given: \{"a":1\}\)$/],
    [
      'an id that leaves no room for a day',
      series({ id: 'x'.repeat(70) }),
      /^series\[0\]\.id: use at most 69 characters/,
    ],
    [
      'no pattern',
      { pages: [PAGE], series: [{ id: 'war', from: '2022-01' }] },
      /^series\[0\]\.pattern: .*\(given: nothing\)$/,
    ],
    [
      'a pattern without a month',
      series({ pattern: 'https://example.org/{yyyy}.htm' }),
      /^series\[0\]\.pattern: must hold \{yyyy\} .*\(given: "https:\/\/example\.org\/\{yyyy\}\.htm"\)$/,
    ],
    [
      'a pattern without a year',
      series({ pattern: 'https://example.org/{MM}.htm' }),
      /^series\[0\]\.pattern: must hold/,
    ],
    [
      'a placeholder that there is not',
      series({ pattern: 'https://example.org/{yyyy}-{MM}-{DD}' }),
      /^series\[0\]\.pattern: may hold .*\{DD\}/,
    ],
    [
      'an empty placeholder',
      series({ pattern: 'https://example.org/{yyyy}-{MM}{}' }),
      /^series\[0\]\.pattern: may hold/,
    ],
    [
      'a host that varies',
      series({ pattern: 'https://{yyyy}.example.org/{MM}' }),
      /^series\[0\]\.pattern: must not vary in its host/,
    ],
    [
      'a month that no server is asked for',
      series({ pattern: 'https://example.org/chronicle#{yyyy}-{MM}' }),
      /^series\[0\]\.pattern: must not vary behind "#"/,
    ],
    [
      'a year that leaves the path',
      series({ pattern: 'https://example.org/{yyyy}/../{MM}.htm' }),
      /^series\[0\]\.pattern: must not vary .* in front of "\.\."/,
    ],
    [
      'a pattern that is no address',
      series({ pattern: 'war-{yyyy}-{MM}.htm' }),
      /^series\[0\]\.pattern: give an absolute/,
    ],
    [
      'a pattern of days without a hub',
      series({ pattern: 'https://example.org/{yyyy}-{MM}-{dd}' }),
      /^series\[0\]\.hub: names the page that links .*\(given: nothing\)$/,
    ],
    [
      'no first month',
      { pages: [PAGE], series: [{ id: 'war', pattern: SERIES.pattern }] },
      /^series\[0\]\.from: .*\(given: nothing\)$/,
    ],
    [
      'a day for a month',
      series({ from: '2022-01-01' }),
      /^series\[0\]\.from: give a month as YYYY-MM.*\(given: "2022-01-01"\)$/,
    ],
    ['a thirteenth month', series({ from: '2022-13' }), /^series\[0\]\.from: .*\(given: "2022-13"\)$/],
    ['a year long ago', series({ from: '0001-01' }), /^series\[0\]\.from: .*from 1900-01 on/],
    [
      'an end before the beginning',
      series({ until: '2021-12' }),
      /^series\[0\]\.until: must not be before "from" \(given: "2021-12"\)$/,
    ],
    [
      'a hub that is no page',
      series({ hub: 'index' }),
      /^series\[0\]\.hub: must be the id of a page in "pages" \(given: "index"\)$/,
    ],
    [
      'no e-mail address',
      part('alerts', { emails: ['me'] }),
      /^alerts\.emails\[0\]: give an e-mail address \(given: "me"\)$/,
    ],
    ['a number for a rule', part('alerts', { rules: { moves: 1 } }), /^alerts\.rules\.moves: .*\(given: 1\)$/],
    [
      'an empty keyword',
      part('alerts', { rules: { keywords: [''] } }),
      /^alerts\.rules\.keywords\[0\]: .*\(given: ""\)$/,
    ],
    ['a rule that there is not', part('alerts', { rules: { shouting: true } }), /^alerts\.rules: .*"shouting"$/],
    ['a plan every two hours', part('schedule', { planEvery: 120 }), /^schedule\.planEvery: .*\(given: 120\)$/],
    ['half a minute', part('schedule', { planEvery: 0.5 }), /^schedule\.planEvery: .*\(given: 0\.5\)$/],
    ['a big integer', part('schedule', { planEvery: 15n }), /^schedule\.planEvery: .*\(given: 15\)$/],
    [
      'a pause that is no number',
      part('schedule', { checkAtLeastEvery: Number.NaN }),
      /^schedule\.checkAtLeastEvery: .*\(given: NaN\)$/,
    ],
    [
      'bounds the wrong way round',
      part('schedule', { checkAtMostEvery: 120, checkAtLeastEvery: 60 }),
      /^schedule\.checkAtMostEvery: must not be longer than "checkAtLeastEvery" \(given: 120\)$/,
    ],
    [
      'a pause of a closed month that is too short',
      part('schedule', { checkClosedAtLeastEvery: 1 }),
      /^schedule\.checkClosedAtLeastEvery: .*\(given: 1\)$/,
    ],
    ['down after nothing', part('health', { downAfter: 0 }), /^health\.downAfter: .*\(given: 0\)$/],
    ['confirmed by no capture', part('health', { confirmAfter: 0 }), /^health\.confirmAfter: .*\(given: 0\)$/],
    ['confirmed before it was seen', part('health', { confirmHours: -1 }), /^health\.confirmHours: .*\(given: -1\)$/],
    ['health of another kind', part('health', []), /^health: .*\(given: \[\]\)$/],
    ['a contact that is none', part('fetch', { contact: 'x' }), /^fetch\.contact: .*\(given: "x"\)$/],
    ['robots that are asked nicely', part('fetch', { robots: 'maybe' }), /^fetch\.robots: .*\(given: "maybe"\)$/],
    ['a body that is too large', part('fetch', { maxBytes: 1e9 }), /^fetch\.maxBytes: .*\(given: 1000000000\)$/],
    ['a gap that is negative', part('fetch', { minGapSeconds: -1 }), /^fetch\.minGapSeconds: .*\(given: -1\)$/],
    ['a port that there is not', part('fetch', { ports: [443, 70_000] }), /^fetch\.ports\[1\]: .*\(given: 70000\)$/],
    ['a text for a switch', part('fetch', { allowLoopback: 'true' }), /^fetch\.allowLoopback: .*\(given: "true"\)$/],
  ])('%s', (_, input, message) => {
    expect(complaint(input)).toMatch(message);
  });

  it('among all the others that are wrong too', () => {
    const message = complaint({ pages: [{ ...PAGE, id: 'A' }], schedule: { planEvery: 0 }, fetch: { robots: 1 } });
    expect(message.split('; ')).toHaveLength(3);
  });

  it('and never at length: what was given is cut', () => {
    expect(complaint({ pages: [{ ...PAGE, id: 'x'.repeat(100_000) }] }).length).toBeLessThan(400);
  });

  it.each([
    [
      'a circle',
      (() => {
        const circle: Record<string, unknown> = {};
        circle.self = circle;
        return circle;
      })(),
    ],
    ['something that cannot be written', { a: 1n }],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
  ])('though it is %s', (_, url) => {
    expect(complaint({ pages: [{ id: 'a', url }] })).toMatch(/^pages\[0\]\.url: .*\(given: .+\)$/);
  });

  it('in linear time, whatever braces a pattern holds', () => {
    expect(complaint({ series: [{ ...SERIES, pattern: '{'.repeat(100_000) }] })).toMatch(/^series\[0\]\.pattern: /);
  });
});

describe('what a person leaves out', () => {
  it('is filled in', () => {
    expect(parseConfig({ pages: [PAGE] })).toEqual({
      pages: [{ ...PAGE, rolling: false }],
      series: [],
      tags: {},
      alerts: {
        emails: [],
        rules: { firstSight: false, cosmetic: false, moves: false, keywords: [] },
        budgetUsd: 5,
        signOfLife: 'never',
      },
      reader: { access: 'token' },
      schedule: { planEvery: 15, checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 10_080 },
      health: { downAfter: 3, confirmAfter: 3, confirmHours: 2 },
      captures: {},
      fetch: {
        robots: 'obey',
        maxBytes: 10_000_000,
        minGapSeconds: 2,
        hosts: [],
        relayed: [],
        ports: [80, 443],
        allowLoopback: false,
      },
    });
  });

  it('may be the pages, where a series is named', () => {
    expect(parseConfig({ series: [SERIES] }).series).toEqual([SERIES]);
  });

  it('is filled in field by field', () => {
    expect(parseConfig({ pages: [PAGE], health: { downAfter: 5 } }).health).toEqual({
      downAfter: 5,
      confirmAfter: 3,
      confirmHours: 2,
    });
  });
});

it.each([
  ['{yy} and {M}', 'https://example.org/{yy}{M}'],
  ['the month in folders', 'https://example.org/{yyyy}/{MM}/index.htm'],
  ['the month in the query', 'http://example.org/?y={yyyy}&m={MM}'],
])('a pattern may hold %s', (_, pattern) => {
  expect(parseConfig({ series: [{ ...SERIES, pattern }] }).series[0]?.pattern).toBe(pattern);
});

it('a pattern may hold days, with a hub', () => {
  const daily = { ...SERIES, pattern: 'https://example.org/{yyyy}-{MM}-{dd}', hub: 'harbour' };
  expect(parseConfig({ pages: [PAGE], series: [daily] }).series).toEqual([daily]);
});

it('editors get the type, and the value is left alone', () => {
  const input = { pages: [PAGE] };
  expect(defineConfig(input)).toBe(input);
});
