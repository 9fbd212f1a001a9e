import { describe, expect, test } from 'vitest';
import type { Claim, Verdict } from '../../scripts/rehearsal/claims/claim.ts';
import { reported } from '../../scripts/rehearsal/claims/report.ts';

const claim: Claim = { holds: 'a holds', planted: 'a is broken', faults: () => [], plant: () => undefined };
const verdict = (over: Partial<Verdict> = {}): Verdict => ({ claim, faults: [], finds: true, ...over });

describe('the report of the claims', () => {
  test('counts those that hold and find their fault', () => {
    expect(reported([verdict(), verdict()])).toEqual({
      passed: true,
      lines: ['2 claims hold; each finds its planted fault.'],
    });
  });

  test('fails for a claim that does not hold, and says what is wrong', () => {
    const { passed, lines } = reported([verdict({ faults: ['A queue forgets.'] })]);
    expect(passed).toBe(false);
    expect(lines).toContain('    A queue forgets.');
  });

  test('fails for a claim that does not find its own fault', () => {
    expect(reported([verdict({ finds: false })])).toMatchObject({
      passed: false,
      lines: [
        expect.stringContaining('its planted fault is not found (a is broken)'),
        expect.stringMatching(/^0 claims/),
      ],
    });
  });

  test('names a claim that is known not to hold yet, and passes', () => {
    const { passed, lines } = reported([verdict({ claim: { ...claim, open: 'nobody built it' }, faults: ['x'] })]);
    expect(passed).toBe(true);
    expect(lines[0]).toBe('- not yet: a holds (nobody built it)');
  });
});
