import { describe, expect, it } from 'vitest';
import { mixed, newScore, OPERATIONS, run, type Score, single } from '../../../bench/diff/generated.ts';

const shares = (score: Score): { precision: number; recall: number } => {
  const all = [...score.kinds.values()];
  const sum = (of: (tally: { right: number; announced: number; due: number }) => number): number =>
    all.reduce((total, tally) => total + of(tally), 0);
  return {
    precision: sum(({ right }) => right) / sum(({ announced }) => announced),
    recall: sum(({ right }) => right) / sum(({ due }) => due),
  };
};

describe('generated edit scripts', () => {
  it.each(OPERATIONS)('one operation: %s is reported as one', (operation) => {
    const score = newScore();
    for (let n = 0; n < 12; n++) run(single(n * 613 + 7, operation, 0.6 + n / 40, []), score, `${operation} ${n}`);
    expect(score.misses).toEqual([]);
    expect(score.broken).toBe(0);
  });

  it('many operations among noise: nearly all are reported right, no edit as an addition and a removal', () => {
    const score = newScore();
    for (let n = 0; n < 40; n++) run(mixed(n * 911 + 3, []), score, `mixed ${n}`);
    const { precision, recall } = shares(score);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(score.falsePairs).toBe(0);
    expect(score.broken).toBe(0);
  });

  it.each([
    [0.5, 0.99],
    [0.4, 0.95],
  ])('a paragraph that keeps %d of its words keeps its identity', (keep, due) => {
    const score = newScore();
    for (let n = 0; n < 40; n++) {
      run(single(n * 331 + 1, 'edited', keep, []), score, `edited ${n}`);
      run(single(n * 331 + 2, 'edited and moved', keep, []), score, `moved ${n}`);
    }
    const { half, halfKept, less, lessKept } = score.identity;
    expect((halfKept + lessKept) / (half + less)).toBeGreaterThanOrEqual(due);
  });
});
