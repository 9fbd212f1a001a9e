import { describe, expect, test } from 'vitest';
import { judge } from '../../scripts/rehearsal/claims/claim.ts';
import { projectCode } from '../../scripts/rehearsal/claims/code.ts';
import { CLAIMS } from '../../scripts/rehearsal/claims/index.ts';
import { synthesized } from '../../scripts/rehearsal/claims/synthesis.ts';

const templates = synthesized();
const beside = synthesized('dev');
const before = JSON.stringify({ templates, beside });
const verdicts = await judge(CLAIMS, { templates, beside, code: await projectCode() });
const open = verdicts.filter(({ claim }) => claim.open !== undefined);

describe('what a real account must accept', () => {
  test.each(verdicts.filter(({ claim }) => claim.open === undefined).map((verdict) => [verdict.claim.holds, verdict]))(
    '%s',
    (_holds, { faults }) => {
      expect(faults).toEqual([]);
    },
  );

  test.each(
    verdicts
      .filter(({ faults }) => faults.length === 0)
      .map(({ claim, finds }) => [claim.planted, claim.holds, finds] as const),
  )('and a fault is found when %s (%s)', (_planted, _holds, finds) => {
    expect(finds).toBe(true);
  });
});

describe('the claims', () => {
  test('have sentences and faults of their own', () => {
    expect(new Set(CLAIMS.map(({ holds }) => holds)).size).toBe(CLAIMS.length);
    expect(new Set(CLAIMS.map(({ planted }) => planted)).size).toBe(CLAIMS.length);
  });

  test('plant their faults into copies', () => {
    expect(JSON.stringify({ templates, beside })).toBe(before);
  });

  test('say why one does not hold yet', () => {
    for (const { claim } of open) expect(claim.open?.length).toBeGreaterThan(20);
  });
});
