import { describe, expect, it } from 'vitest';
import { expectsChecks } from '#app/plan/silence.ts';
import { type CheckState, newCheck } from '#core/schedule/check.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const BOUNDS = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 10_080 };
const page = (id: string, series: string | null = null) => ({
  id,
  url: `https://chronicle.example/${id}.htm`,
  name: null,
  rolling: false,
  series,
});
const of = (period: string | null, more: Partial<CheckState> = {}): CheckState => {
  const check = newCheck(page('harbour'), NOW);
  return { ...check, summary: { ...check.summary, period }, ...more };
};
const expected = (...checks: CheckState[]) => expectsChecks(checks, NOW, BOUNDS);

describe('a time without checks', () => {
  it.each<[string, CheckState]>([
    ['without a period', of(null)],
    ['of a month that is still written', of('2026-02')],
    ['that was never seen', newCheck(page('harbour-2026-03', 'harbour'), NOW)],
    ['that a command added with a short pause, of a month that is over', of('2022-01', { added: { every: 60 } })],
  ])('is a fault where there is a page %s', (_, check) => {
    expect(expected(of('2022-01'), check)).toBe(true);
  });

  it.each<[string, CheckState[]]>([
    ['no page', []],
    ['pages of months that are long over', [of('2022-01'), of('2021')]],
    ['a page of such a month that was never seen', [newCheck(page('harbour-2022-01', 'harbour'), NOW)]],
    ['pages that are paused or retired', [of(null, { paused: true }), of(null, { retired: true })]],
    ['an added page with a longer pause', [of(null, { added: { every: 43_200 } })]],
  ])('is rest where there is only %s', (_, checks) => {
    expect(expected(...checks)).toBe(false);
  });

  it('is a fault for closed pages too where they are to be checked as often as others', () => {
    expect(expectsChecks([of('2022-01')], NOW, { ...BOUNDS, checkClosedAtLeastEvery: 1_440 })).toBe(true);
  });
});
