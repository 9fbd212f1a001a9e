import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCheck } from '#core/schedule/check.ts';
import { LONGEST_PAUSE_MINUTES, nextDue } from '#core/schedule/interval.ts';
import { implausibleTimes, isImplausible, latestPlausible, withPlausibleTimes } from '#core/schedule/plausible.ts';

const NOW = '2022-01-20T12:00:00.000Z';
const BOUNDS = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 10_080 };
const PAGE = { id: 'p', url: 'https://chronicle.example/', name: null, rolling: false, series: null };
const LATEST = latestPlausible(NOW, BOUNDS);
const FAR = '2024-01-20T12:00:00.000Z';

const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
const minutes = fc.integer({ min: 5, max: LONGEST_PAUSE_MINUTES });

const look = (at: string) => ({ day: at.slice(0, 10), count: 1, seal: 'a' });

describe('the latest time that a check may hold', () => {
  it('is never before the time that the schedule gives, whatever the pauses and the server ask for', () => {
    const outcome = fc.record({
      pageId: fc.string(),
      checkedAt: instant.map((date) => date.toISOString()),
      lastChangedAt: fc.option(instant.map((date) => date.toISOString())),
      period: fc.constantFrom(null, '2019-01', '2022', '2022-01'),
      failures: fc.integer({ min: 0, max: 50 }),
      retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 86_400 })),
    });
    fc.assert(
      fc.property(outcome, minutes, minutes, (given, atLeast, closed) => {
        const bounds = { checkAtMostEvery: 5, checkAtLeastEvery: atLeast, checkClosedAtLeastEvery: closed };
        const due = nextDue(given, bounds);
        expect(isImplausible(due, latestPlausible(given.checkedAt, bounds))).toBe(false);
        expect(isImplausible(due, latestPlausible(given.checkedAt))).toBe(false);
      }),
    );
  });

  it('is a few days ahead for usual pauses, and three months ahead for the longest that can be configured', () => {
    expect(LATEST).toBe('2022-01-28T12:00:00.000Z');
    expect(latestPlausible(NOW)).toBe('2022-04-21T12:00:00.000Z');
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

  it('names them, and is due now and asked for whole without them', () => {
    expect(implausibleTimes(far, LATEST)).toEqual({
      dueAt: FAR,
      leasedUntil: FAR,
      lastCheckedAt: FAR,
      lastChangedAt: FAR,
      lastFullAt: FAR,
    });
    const sound = withPlausibleTimes(far, NOW, LATEST);
    expect(sound).toEqual({ ...newCheck(PAGE, NOW), lastChangedAt: NOW });
    expect(implausibleTimes(sound, LATEST)).toBeNull();
  });

  it('keeps the others: a job that is under way keeps its name', () => {
    const leased = {
      ...newCheck(PAGE, '2022-01-20T11:00:00.000Z'),
      leasedUntil: FAR,
      lastFullAt: '2022-01-19T00:00:00.000Z',
    };
    expect(implausibleTimes(leased, LATEST)).toEqual({ leasedUntil: FAR });
    expect(withPlausibleTimes(leased, NOW, LATEST)).toEqual({ ...leased, leasedUntil: null });
  });

  it.each(['', 'soon', '+012022-01-20T12:00:00.000Z'])('takes "%s" for no plausible time', (text) => {
    expect(withPlausibleTimes({ ...far, dueAt: text }, NOW, LATEST).dueAt).toBe(NOW);
  });

  it('stays as it is when all its times are plausible', () => {
    const check = {
      ...newCheck(PAGE, LATEST),
      leasedUntil: LATEST,
      lastCheckedAt: NOW,
      lastFullAt: NOW,
      lastLook: look(NOW),
    };
    expect(implausibleTimes(check, LATEST)).toBeNull();
    expect(withPlausibleTimes(check, NOW, LATEST)).toEqual(check);
  });
});
