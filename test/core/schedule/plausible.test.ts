import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RETRY_AFTER_SECONDS } from '#core/net/retry-after.ts';
import { type CheckState, newCheck } from '#core/schedule/check.ts';
import { boundsOf, LONGEST_PAUSE_MINUTES, longestPause, nextDue } from '#core/schedule/interval.ts';
import { CLOCK_SKEW_MS, implausibleTimes, withPlausibleTimes } from '#core/schedule/plausible.ts';

const NOW = '2022-01-20T12:00:00.000Z';
const BOUNDS = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 10_080 };
const WITHIN = { now: NOW, bounds: BOUNDS, leaseMinutes: 30 };
const PAGE = { id: 'p', url: 'https://chronicle.example/', name: null, rolling: false, series: null };
const FAR = '2024-01-20T12:00:00.000Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RETRY = MAX_RETRY_AFTER_SECONDS * 1_000;

const iso = (at: number) => new Date(at).toISOString();
const later = (ms: number, than = NOW) => iso(Date.parse(than) + ms);
const look = (at: string) => ({ day: at.slice(0, 10), count: 1, seal: 'a' });

const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const bounds = fc
  .record({ least: fc.integer({ min: 5, max: 43_200 }), closed: fc.integer({ min: 5, max: LONGEST_PAUSE_MINUTES }) })
  .map(({ least, closed }) => ({ checkAtMostEvery: 5, checkAtLeastEvery: least, checkClosedAtLeastEvery: closed }));
const page = fc.constantFrom(
  PAGE,
  { ...PAGE, id: 'm-2019-01', series: 'm' },
  { ...PAGE, id: 'm-2029-12', series: 'm' },
);

/** A page and what its check found, by the clock that made the check. */
const made = fc.record({
  page,
  bounds,
  every: fc.option(fc.integer({ min: 5, max: 43_200 })),
  checkedAt: instant,
  unchangedFor: fc.option(fc.integer({ min: 0, max: 3 * 365 * 24 * HOUR })),
  period: fc.constantFrom(null, '2019-01', '2022', '2022-01'),
  failures: fc.integer({ min: 0, max: 50 }),
  retryAfterSeconds: fc.option(fc.integer({ min: 0, max: MAX_RETRY_AFTER_SECONDS })),
});
type Made = typeof made extends fc.Arbitrary<infer T> ? T : never;

/** The check as `ingest` records it. */
function recorded(given: Made): CheckState {
  const { checkedAt, unchangedFor, every, failures, period } = given;
  const lastChangedAt = unchangedFor === null ? null : later(-unchangedFor, checkedAt);
  const ofSeries = /\d{4}-\d{2}/.exec(given.page.id)?.[0] ?? null;
  const outcome = { ...given, pageId: given.page.id, lastChangedAt, period: period ?? ofSeries };
  const check = newCheck(given.page, nextDue(outcome, boundsOf(every, given.bounds)));
  const added = every === null ? {} : { added: { every } };
  const summary = { ...check.summary, period };
  return { ...check, ...added, summary, failures, lastCheckedAt: checkedAt, lastChangedAt, lastFullAt: checkedAt };
}

const pauseOf = ({ dueAt, lastCheckedAt }: CheckState) => Date.parse(dueAt) - Date.parse(lastCheckedAt ?? '');

describe('the times of a check', () => {
  it('are never implausible where the clock was right, whatever the pauses, the backoff and the server ask for', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: -CLOCK_SKEW_MS, max: 400 * 24 * HOUR }), (given, passed) => {
        const check = recorded(given);
        const within = { now: later(passed, given.checkedAt), bounds: given.bounds, leaseMinutes: 30 };
        expect(implausibleTimes(check, within)).toBeNull();
        expect(withPlausibleTimes(check, within)).toEqual(check);
      }),
    );
  });

  it('delay no page beyond its own longest pause or a Retry-After, however far ahead a clock was', () => {
    fc.assert(
      fc.property(made, instant, (given, now) => {
        const check = recorded(given);
        const within = { now, bounds: given.bounds, leaseMinutes: 30 };
        const sound = withPlausibleTimes(check, within);
        const own = boundsOf(given.every, given.bounds);
        const longest = Math.max(longestPause('2019-01', Date.parse(now), own), RETRY);
        expect(Date.parse(sound.dueAt)).toBeLessThanOrEqual(Date.parse(now) + longest + CLOCK_SKEW_MS);
        expect(sound.dueAt <= check.dueAt || sound.dueAt === now).toBe(true);
        expect(implausibleTimes(sound, within)).toBeNull();
        expect(withPlausibleTimes(sound, within)).toEqual(sound);
        // By more than the skew, the page waits no longer than the pause of that very check.
        if (Date.parse(given.checkedAt) - Date.parse(now) > CLOCK_SKEW_MS) {
          expect(sound.lastCheckedAt).toBeNull();
          expect(Date.parse(sound.dueAt)).toBeLessThanOrEqual(Date.parse(now) + pauseOf(check));
        }
      }),
    );
  });

  it('keep backoff and Retry-After whole: a failed or held back page is never asked before its pause is over', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: 0, max: 3 * 365 * 24 * HOUR }), fc.nat(HOUR), (given, ahead, passed) => {
        // The check was made when the right clock showed `then`, by one that was ahead.
        const then = later(-ahead, given.checkedAt);
        const check = recorded(given);
        const free = recorded({ ...given, retryAfterSeconds: null });
        fc.pre(given.failures > 0 || check.dueAt > free.dueAt);
        const sound = withPlausibleTimes(check, { now: later(passed, then), bounds: given.bounds, leaseMinutes: 30 });
        // A month is not over yet by the right clock, which shortens its longest pause.
        const own = boundsOf(given.every, given.bounds);
        const longest = Math.max(own.checkAtLeastEvery * MINUTE, RETRY);
        const pause = Math.min(pauseOf(check), longest);
        expect(Date.parse(sound.dueAt)).toBeGreaterThanOrEqual(Date.parse(then) + pause);
      }),
    );
  });
});

describe('a check with times that cannot be', () => {
  const far = {
    ...newCheck(PAGE, FAR),
    leasedUntil: FAR,
    lastCheckedAt: FAR,
    lastChangedAt: FAR,
    lastFullAt: FAR,
    lastLook: look(FAR),
  };
  const times = { dueAt: FAR, leasedUntil: FAR, lastCheckedAt: FAR, lastChangedAt: FAR, lastFullAt: FAR };

  it('names them, and is due now and asked for whole without them', () => {
    expect(implausibleTimes(far, WITHIN)).toEqual(times);
    const sound = withPlausibleTimes(far, WITHIN);
    expect(sound).toEqual({ ...newCheck(PAGE, NOW), lastChangedAt: NOW });
    expect(implausibleTimes(sound, WITHIN)).toBeNull();
  });

  it.each([
    ['an open page a day', null, {}, 24 * HOUR],
    ['a page of a month that is long over a week', '2021-01', {}, 7 * 24 * HOUR],
    [
      'an added page its own pause, and no less than the longest Retry-After',
      null,
      { added: { every: 60 } },
      24 * HOUR,
    ],
    ['an added page its own longer pause', null, { added: { every: 4_320 } }, 72 * HOUR],
  ])('is put off at most: %s', (_, period, more, longest) => {
    const check = { ...newCheck(PAGE, NOW), ...more };
    const at = (dueAt: string) => ({ ...check, dueAt, summary: { ...check.summary, period } });
    const latest = later(longest + CLOCK_SKEW_MS);
    expect(implausibleTimes(at(latest), WITHIN)).toBeNull();
    expect(implausibleTimes(at(later(1, latest)), WITHIN)).toEqual({ dueAt: later(1, latest) });
    expect(withPlausibleTimes(at(later(1, latest)), WITHIN).dueAt).toBe(NOW);
  });

  it('keeps the others: a job that is under way keeps its name', () => {
    const leased = {
      ...newCheck(PAGE, '2022-01-20T11:00:00.000Z'),
      leasedUntil: later(36 * MINUTE),
      lastFullAt: '2022-01-19T00:00:00.000Z',
    };
    expect(implausibleTimes(leased, WITHIN)).toEqual({ leasedUntil: leased.leasedUntil });
    expect(withPlausibleTimes(leased, WITHIN)).toEqual({ ...leased, leasedUntil: null });
    expect(implausibleTimes({ ...leased, leasedUntil: later(30 * MINUTE) }, WITHIN)).toBeNull();
  });

  it('that was made by a clock that was hours ahead begins its pause now', () => {
    const hours = { ...newCheck(PAGE, later(20 * HOUR + 45 * MINUTE)), lastCheckedAt: later(20 * HOUR) };
    const sound = withPlausibleTimes(hours, WITHIN);
    expect(sound).toMatchObject({ dueAt: later(45 * MINUTE), lastCheckedAt: null });
    // A capture of the future that was imported says nothing about when the page is due.
    const imported = { ...newCheck(PAGE, later(HOUR)), lastCheckedAt: later(20 * HOUR) };
    expect(withPlausibleTimes(imported, WITHIN)).toMatchObject({ dueAt: later(HOUR), lastCheckedAt: null });
  });

  it.each(['', 'soon', '+012022-01-20T12:00:00.000Z'])('takes "%s" for no plausible time', (text) => {
    expect(withPlausibleTimes({ ...far, lastCheckedAt: null, dueAt: text }, WITHIN).dueAt).toBe(NOW);
    expect(withPlausibleTimes({ ...far, lastCheckedAt: text, lastChangedAt: text }, WITHIN)).toMatchObject({
      dueAt: NOW,
      lastCheckedAt: null,
      lastChangedAt: NOW,
    });
  });
});
