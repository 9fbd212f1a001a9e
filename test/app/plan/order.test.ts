import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promisedFirst } from '#app/plan/order.ts';
import { type CheckState, newCheck } from '#core/schedule/check.ts';

const NOW = Date.parse('2022-01-12T12:00:00.000Z');
const BOUNDS = { checkAtMostEvery: 30, checkAtLeastEvery: 360, checkClosedAtLeastEvery: 720 };
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

/** A page that fell due and was last looked at so many minutes ago. */
function page(id: string, due: number, looked: number | null, more: Partial<CheckState> = {}): CheckState {
  const spec = { id, url: `https://a.example/${id}`, name: null, rolling: false, series: null };
  return { ...newCheck(spec, ago(due)), lastCheckedAt: looked === null ? null : ago(looked), ...more };
}
const order = (...due: CheckState[]) => promisedFirst(due, NOW, BOUNDS).map((check) => check.page.id);

describe('of the due pages of a busy host', () => {
  it('those that have waited for their longest pause come first, the one that waits longest before all', () => {
    expect(order(page('busy', 90, 120), page('resting', 1, 361), page('late', 0, 400))).toEqual([
      'late',
      'resting',
      'busy',
    ]);
  });

  it('one that was put off again and again keeps its place by its last look, not by its new time', () => {
    expect(order(page('busy', 200, 230), page('put-off', 0, 380))).toEqual(['put-off', 'busy']);
  });

  it('one that was never looked at counts from the time at which it fell due', () => {
    expect(order(page('busy', 90, 120), page('new', 10, null), page('late', 0, 365))).toEqual(['new', 'late', 'busy']);
  });

  it('a month that is over and a page with its own pause have other bounds', () => {
    const closed = page('old', 0, 400, { summary: { ...page('x', 0, 0).summary, period: '2021-01' } });
    const own = page('own', 0, 70, { added: { every: 60 } });
    expect(order(page('busy', 90, 120), closed, own)).toEqual(['own', 'busy', 'old']);
  });

  it('none is lost, and the order of the others stays', () => {
    const checks = fc.array(fc.record({ due: fc.nat(500), looked: fc.option(fc.nat(900)) }), { maxLength: 20 });
    fc.assert(
      fc.property(checks, (given) => {
        const due = given.map(({ due, looked }, at) => page(String(at), due, looked));
        const ordered = promisedFirst(due, NOW, BOUNDS);
        expect(new Set(ordered)).toEqual(new Set(due));
        const late = ordered.findIndex((check) => check.lastCheckedAt !== null && check.lastCheckedAt > ago(360));
        const others = late === -1 ? [] : ordered.slice(late);
        expect(others).toEqual(due.filter((check) => others.includes(check)));
      }),
    );
  });
});
