import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bounds, type CheckOutcome, nextDue } from '#core/schedule/interval.ts';

const BOUNDS: Bounds = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 10_080 };
const NOW = '2022-01-20T12:00:00.000Z';
const MINUTE = 60_000;

const ago = (hours: number) => new Date(Date.parse(NOW) - hours * 60 * MINUTE).toISOString();
const outcome = (given: Partial<CheckOutcome> = {}): CheckOutcome => ({
  pageId: 'harbour-2022-01',
  checkedAt: NOW,
  lastChangedAt: ago(24),
  period: '2022-01',
  failures: 0,
  retryAfterSeconds: null,
  ...given,
});
/** Minutes until the page is due again. */
const pause = (given: Partial<CheckOutcome> = {}, bounds = BOUNDS) =>
  (Date.parse(nextDue(outcome(given), bounds)) - Date.parse(given.checkedAt ?? NOW)) / MINUTE;

/** The pause is this long, but for the tenth that spreads the pages of a host. */
const expectAbout = (minutes: number, wanted: number) => {
  expect(minutes).toBeGreaterThanOrEqual(wanted);
  expect(minutes).toBeLessThanOrEqual(wanted * 1.1);
};

describe('a page that changes is checked often, one that rests seldom', () => {
  it.each([
    ['changed just now', 0, 30],
    ['changed an hour ago', 1, 30],
    ['changed six hours ago', 6, 30],
    ['changed half a day ago', 12, 60],
    ['changed a day ago', 24, 120],
    ['changed a week ago', 24 * 7, 840],
  ])('%s', (_, hours, minutes) => {
    expectAbout(pause({ lastChangedAt: ago(hours) }), minutes);
  });

  it.each([
    ['a month ago', ago(24 * 30)],
    ['never, for it never answered', null],
  ])('changed %s: the longest pause, and not a minute more', (_, lastChangedAt) => {
    expect(pause({ lastChangedAt })).toBe(1_440);
  });

  it('takes a change that another clock puts into the future for one of this moment', () => {
    expectAbout(pause({ lastChangedAt: ago(-5) }), 30);
  });
});

describe('a month that is over rests longer', () => {
  it.each([
    ['the month that is being written', '2022-01', '2022-01-20T12:00:00.000Z', 1_440],
    ['the month before', '2021-12', '2022-01-20T12:00:00.000Z', 1_440],
    ['a month that ended 44 days ago', '2021-11', '2022-01-14T00:00:00.000Z', 1_440],
    ['a month that ended 46 days ago', '2021-11', '2022-01-16T00:00:00.000Z', 10_080],
    ['a month years ago', '2014-03', '2022-01-20T12:00:00.000Z', 10_080],
    ['the year that is being written', '2022', '2022-06-20T12:00:00.000Z', 1_440],
    ['last year, in January', '2021', '2022-01-20T12:00:00.000Z', 1_440],
    ['last year, in March', '2021', '2022-03-20T12:00:00.000Z', 10_080],
    ['a week of this year', '2022-W02', '2022-06-20T12:00:00.000Z', 1_440],
    ['a day long ago', '2021-05-09', '2022-01-20T12:00:00.000Z', 10_080],
    ['a range that ends in this month', '2021-03/2022-01', '2022-01-20T12:00:00.000Z', 1_440],
    ['a range that ended long ago', '2020-03/2020-07', '2022-01-20T12:00:00.000Z', 10_080],
    ['no period', null, '2022-01-20T12:00:00.000Z', 1_440],
    ['a period that is none', 'soon', '2022-01-20T12:00:00.000Z', 1_440],
  ])('%s', (_, period, checkedAt, minutes) => {
    expect(pause({ period, checkedAt, lastChangedAt: '2010-01-01T00:00:00.000Z' })).toBe(minutes);
  });

  it('is looked at often all the same while it changes', () => {
    expectAbout(pause({ period: '2014-03', lastChangedAt: ago(2) }), 30);
  });

  it('never rests shorter than an open one, whatever the two bounds say', () => {
    const bounds = { ...BOUNDS, checkAtLeastEvery: 20_000, checkClosedAtLeastEvery: 500 };
    expect(pause({ period: '2014-03', lastChangedAt: null }, bounds)).toBe(20_000);
  });
});

describe('failures back off, and a success resets', () => {
  it.each([
    [1, 30],
    [2, 60],
    [3, 120],
    [4, 240],
    [5, 480],
    [6, 960],
  ])('after %i in a row the pause is %i minutes', (failures, minutes) => {
    expectAbout(pause({ failures }), minutes);
  });

  it.each([7, 8, 20, 1_000, 1e9])('after %i in a row it is the longest', (failures) => {
    expect(pause({ failures })).toBe(1_440);
  });

  it('starts from the shortest again after a success, however many failures there were', () => {
    expectAbout(pause({ failures: 0, lastChangedAt: ago(0) }), 30);
    expectAbout(pause({ failures: 1, lastChangedAt: ago(24 * 365) }), 30);
  });

  it('asks ever more seldom for a month that never answered', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((failures) =>
      pause({ failures, lastChangedAt: null, period: '2014-03' }),
    );
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(new Set(pauses).size).toBe(pauses.length);
    expect(pause({ failures: 30, lastChangedAt: null, period: '2014-03' })).toBe(10_080);
  });
});

describe('Retry-After is obeyed', () => {
  it.each([
    ['shorter than the pause: the pause is kept', 60, 30],
    ['an hour', 3_600, 60],
    ['longer than the longest pause', 3 * 86_400, 3 * 1_440],
  ])('%s', (_, retryAfterSeconds, minutes) => {
    expectAbout(pause({ retryAfterSeconds, failures: 1 }), minutes);
  });
});

describe('for any outcome', () => {
  const outcomes = fc.record({
    pageId: fc.string({ minLength: 1, maxLength: 20 }),
    checkedAt: fc.constant(NOW),
    lastChangedAt: fc.option(fc.integer({ min: -100, max: 100_000 }).map(ago)),
    period: fc.option(fc.constantFrom('2022-01', '2021-12', '2019', '2010-01', '2022-W03', '', 'x/y')),
    failures: fc.nat(100),
    retryAfterSeconds: fc.option(fc.nat(86_400)),
  });
  const bounds = fc
    .tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 5, max: 129_600 }))
    .map(([most, more, closed]) => ({
      checkAtMostEvery: most,
      checkAtLeastEvery: Math.max(5, most + more),
      checkClosedAtLeastEvery: closed,
    }));

  it('the pause lies between the bounds, unless the server asked for more', () => {
    fc.assert(
      fc.property(outcomes, bounds, (given, within) => {
        const minutes = pause(given, within);
        const asked = (given.retryAfterSeconds ?? 0) / 60;
        const longest = Math.max(within.checkAtLeastEvery, within.checkClosedAtLeastEvery);
        expect(minutes).toBeGreaterThanOrEqual(Math.max(within.checkAtMostEvery, asked) - 1e-4);
        expect(minutes).toBeLessThanOrEqual(Math.max(longest, asked) + 1e-4);
      }),
    );
  });

  it('the same outcome is due at the same time, wherever it is worked out', () => {
    fc.assert(fc.property(outcomes, (given) => nextDue(given, BOUNDS) === nextDue(structuredClone(given), BOUNDS)));
  });
});

it('spreads pages of one host that changed together', () => {
  const due = Array.from({ length: 100 }, (_, index) => nextDue(outcome({ pageId: `page-${index}` }), BOUNDS));
  expect(new Set(due).size).toBe(100);
  const times = due.map((at) => Date.parse(at)).sort((a, b) => a - b);
  expect(((times.at(-1) ?? 0) - (times[0] ?? 0)) / MINUTE).toBeGreaterThan(6);
});
