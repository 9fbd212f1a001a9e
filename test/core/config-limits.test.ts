import { describe, expect, it } from 'vitest';
import { parseConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';

const PAGE = { id: 'harbour', url: 'https://www.example.org/harbour.htm' };
const SERIES = { id: 'war', pattern: 'https://www.example.org/war-{yyyy}-{MM}.htm', from: '2022-01' };

/** The field that a configuration is refused for; null when it is accepted. */
function refused(input: unknown): string | null {
  try {
    parseConfig(input);
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return /wrong: (\S+): /.exec(error.message)?.[1] ?? error.message;
  }
}

const page = (field: object) => ({ pages: [{ ...PAGE, ...field }] });
const series = (field: object) => ({ series: [{ ...SERIES, ...field }] });
const part = (name: string, field: object) => ({ pages: [PAGE], [name]: field });
const alerts = (rules: object) => part('alerts', { rules });
const many = <T>(count: number, item: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => item(at));

describe('a number is taken from its least to its greatest, both included', () => {
  it.each<[string, (value: number) => unknown, number, number, number]>([
    ['schedule.planEvery', (planEvery) => part('schedule', { planEvery }), 1, 60, 1],
    [
      'schedule.checkAtLeastEvery',
      (checkAtLeastEvery) => part('schedule', { checkAtLeastEvery, checkAtMostEvery: 1 }),
      5,
      43_200,
      1,
    ],
    [
      'schedule.checkAtMostEvery',
      (checkAtMostEvery) => part('schedule', { checkAtMostEvery, checkAtLeastEvery: 43_200 }),
      1,
      43_200,
      1,
    ],
    [
      'schedule.checkClosedAtLeastEvery',
      (checkClosedAtLeastEvery) => part('schedule', { checkClosedAtLeastEvery }),
      5,
      129_600,
      1,
    ],
    ['health.downAfter', (downAfter) => part('health', { downAfter }), 1, 100, 1],
    ['health.confirmAfter', (confirmAfter) => part('health', { confirmAfter }), 1, 100, 1],
    ['health.confirmHours', (confirmHours) => part('health', { confirmHours }), 0, 720, 0.5],
    ['captures.keepUnusedDays', (keepUnusedDays) => part('captures', { keepUnusedDays }), 60, 36_500, 1],
    ['captures.lockDays', (lockDays) => part('captures', { lockDays }), 1, 36_500, 1],
    ['fetch.maxBytes', (maxBytes) => part('fetch', { maxBytes }), 10_000, 16_000_000, 1],
    ['fetch.minGapSeconds', (minGapSeconds) => part('fetch', { minGapSeconds }), 0, 3_600, 0.5],
    ['fetch.ports[0]', (port) => ({ fetch: { hosts: ['a.example'], ports: [port] } }), 1, 65_535, 1],
  ])('%s', (field, given, least, greatest, step) => {
    expect([least, greatest].map((value) => refused(given(value)))).toEqual([null, null]);
    expect([least - step, greatest + step].map((value) => refused(given(value)))).toEqual([field, field]);
  });
});

describe('a list or text is taken up to its greatest length', () => {
  it.each<[string, (length: number) => unknown, number]>([
    ['series', (length) => ({ series: many(length, (at) => ({ ...SERIES, id: `s${at}` })) }), 100],
    ['pages[0].id', (length) => page({ id: 'x'.repeat(length) }), 80],
    ['pages[0].name', (length) => page({ name: 'x'.repeat(length) }), 200],
    ['series[0].id', (length) => series({ id: 'x'.repeat(length) }), 69],
    ['series[0].pattern', (length) => series({ pattern: SERIES.pattern.padEnd(length, 'x') }), 2_048],
    ['alerts.emails', (length) => part('alerts', { emails: many(length, (at) => `a${at}@example.org`) }), 50],
    ['alerts.rules.keywords', (length) => alerts({ keywords: many(length, (at) => `k${at}`) }), 200],
    ['alerts.rules.keywords[0]', (length) => alerts({ keywords: ['x'.repeat(length)] }), 100],
    ['fetch.contact', (length) => part('fetch', { contact: 'https://me.example/'.padEnd(length, 'x') }), 200],
    ['fetch.hosts', (length) => part('fetch', { hosts: many(length, (at) => `h${at}.example`) }), 1_000],
    ['fetch.relayed', (length) => part('fetch', { relayed: Array(length).fill('*') }), 1_000],
    ['fetch.ports', (length) => part('fetch', { ports: many(length, (at) => 443 + at) }), 20],
  ])('%s', (field, given, greatest) => {
    expect(refused(given(greatest))).toBeNull();
    expect(refused(given(greatest + 1))).toBe(field);
  });

  it('pages have no greatest number', () => {
    expect(refused({ pages: many(20_000, (at) => ({ id: `p${at}`, url: `${PAGE.url}?${at}` })) })).toBeNull();
  });

  it.each([
    ['1899-12', 'series[0].from'],
    ['1900-01', null],
    ['2199-12', null],
    ['2200-01', 'series[0].from'],
  ])('a first month %s', (from, field) => {
    expect(refused(series({ from }))).toBe(field);
  });
});

it('a message quotes 120 characters of what was given', () => {
  const message = (length: number): string => {
    try {
      parseConfig(page({ url: 'x'.repeat(length) }));
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  expect(message(118)).toContain(`(given: "${'x'.repeat(118)}")`);
  expect(message(119)).not.toContain('x'.repeat(119));
  expect(message(119)).toContain('x'.repeat(110));
});
