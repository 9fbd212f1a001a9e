import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkUp, failed, type Group, NotPermittedError, tally } from '#app/doctor/checkup.ts';
import { type Finding, fault, note, ok, some, span, warning } from '#app/doctor/finding.ts';
import { UsageError } from '#core/errors.ts';

const group = (check: string, run: Group['run']): Group => ({ check, run });
async function all(...groups: Group[]) {
  let time = 0;
  const examined = [];
  for await (const one of checkUp(groups, () => (time += 5))) examined.push(one);
  return examined;
}

describe('a check-up', () => {
  it('goes through all groups in order, and says how long each took', async () => {
    const examined = await all(
      group('a', async () => [ok('a', 'well')]),
      group('b', async () => []),
    );
    expect(examined).toEqual([
      { check: 'a', findings: [ok('a', 'well')], tookMs: 5 },
      { check: 'b', findings: [], tookMs: 5 },
    ]);
  });

  it('goes on behind a group that throws, which is a finding', async () => {
    const examined = await all(
      group('a', () => Promise.reject(new UsageError('It held "planted"', { code: 'odd' }))),
      group('b', () => Promise.reject(new TypeError('a defect'))),
      group('c', async () => [ok('c', 'well')]),
    );
    expect(examined.flatMap(({ findings }) => findings)).toMatchObject([
      { check: 'a', level: 'fault', what: 'This could not be checked (odd)', todo: 'It held "planted"' },
      { check: 'b', level: 'fault', what: 'This could not be checked (TypeError)', todo: 'a defect' },
      { check: 'c', level: 'ok' },
    ]);
  });

  it('names the action of a permission that is missing', () => {
    expect(failed('subscriptions', new NotPermittedError('sns:ListSubscriptionsByTopic'))).toEqual({
      check: 'subscriptions',
      level: 'warning',
      what: 'Not permitted: sns:ListSubscriptionsByTopic',
      todo: 'Allow sns:ListSubscriptionsByTopic to these credentials, then ask again',
      facts: { action: 'sns:ListSubscriptionsByTopic' },
    });
  });

  it('ends with "healthy", or with what there is', () => {
    expect(tally([ok('a', ''), note('b', '')])).toEqual({ faults: 0, warnings: 0, words: 'healthy' });
    const bad = [fault('a', '', ''), warning('b', '', ''), fault('c', '', ''), ok('d', '')];
    expect(tally(bad)).toEqual({ faults: 2, warnings: 1, words: '2 faults, 1 warning' });
    expect(tally([warning('b', '', '')]).words).toBe('1 warning');
  });
});

describe('laws of a check-up', () => {
  const level = fc.constantFrom('ok', 'note', 'warning', 'fault' as const);
  const finding = fc.record({ check: fc.string(), level, what: fc.string(), todo: fc.constant(null) });
  const findings = fc.array(finding.map((one) => ({ ...one, facts: {} })) as fc.Arbitrary<Finding>, { maxLength: 5 });

  it('keeps every finding of every group in order, whichever groups fail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(findings), { maxLength: 6 }), async (given) => {
        const groups = given.map((found, at) =>
          group(`g${at}`, () => (found === null ? Promise.reject(new Error('no')) : Promise.resolve(found))),
        );
        const examined = await all(...groups);
        expect(examined.map(({ check }) => check)).toEqual(groups.map(({ check }) => check));
        for (const [at, { findings: kept }] of examined.entries()) {
          expect(kept).toEqual(given[at] ?? [failed(`g${at}`, new Error('no'))]);
        }
      }),
    );
  });

  it('is healthy exactly where there is no fault and no warning', () => {
    fc.assert(
      fc.property(findings, (found) => {
        const { faults, warnings, words } = tally(found);
        const bad = found.filter((one) => one.level === 'fault' || one.level === 'warning').length;
        expect(faults + warnings).toBe(bad);
        expect(words === 'healthy').toBe(bad === 0);
      }),
    );
  });
});

describe('words', () => {
  it.each([
    [0, '0 minutes'],
    [60_000, '1 minute'],
    [119 * 60_000, '119 minutes'],
    [3 * 3_600_000, '3 hours'],
    [72 * 3_600_000, '3 days'],
    [-5_000, '0 minutes'],
  ])('give %i ms as %s', (ms, words) => expect(span(ms)).toBe(words));

  it('name some and count the rest', () => {
    expect(some(['a', 'b', 'c'])).toBe('a, b, c');
    expect(some(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});
