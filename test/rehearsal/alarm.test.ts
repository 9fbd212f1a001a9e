import { describe, expect, it } from 'vitest';
import { type Alarm, type State, samples, turnsOf } from '../../scripts/rehearsal/claims/alarm.ts';

/** An alarm over three periods of ten minutes, below one. */
const alarm = (missing: string): Alarm => ({
  id: 'Alarm',
  metrics: [],
  period: 10,
  periods: 3,
  needed: 3,
  missing,
  breaches: (value) => value < 1,
  sent: new Set<State>(['ALARM']),
  value: (world, from, to) => {
    const seen = world({ namespace: '', name: '', dimensions: {} })
      .slice(Math.max(0, from), Math.max(0, to))
      .filter((value) => !Number.isNaN(value));
    return seen.length === 0 ? null : seen.reduce((sum, value) => sum + value, 0);
  },
});
const turns = (missing: string, at: (minute: number) => number | null, minutes = 120) => {
  const series = samples(minutes, at);
  return turnsOf(alarm(missing), () => series, minutes).map(({ minute, state }) => `${minute} ${state}`);
};
const everyTen =
  (value: number, until = Number.POSITIVE_INFINITY) =>
  (minute: number) =>
    minute % 10 === 0 && minute < until ? value : null;

describe('an alarm as the claims see it', () => {
  it('begins without data, and takes no turn while there are none', () => {
    expect(turns('missing', () => null)).toEqual([]);
  });

  it('is without data again when they end, and OK when they come back', () => {
    const gap = (minute: number) => (minute >= 40 && minute < 90 ? null : everyTen(1)(minute));
    expect(turns('missing', gap)).toEqual(['5 OK', '65 INSUFFICIENT_DATA', '95 OK']);
  });

  it('goes off by zeros only when they fill its periods', () => {
    expect(turns('notBreaching', everyTen(0))).toEqual(['5 OK', '25 ALARM']);
    expect(turns('notBreaching', everyTen(0, 20))).toEqual(['5 OK']);
  });

  it('takes missing data for a fault at once where its setting says so', () => {
    expect(turns('breaching', () => null)).toEqual(['5 ALARM']);
  });
});
