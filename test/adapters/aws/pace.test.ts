import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace } from '#adapters/aws/pace.ts';

/** A clock that moves only by sleeping and by `pass`. */
class SleepClock {
  ms = 0;
  now = () => this.ms;
  sleep = async (milliseconds: number) => {
    this.ms += milliseconds;
  };
}

describe('a pace', () => {
  it('lets the first pass at once, and each next one after the gap', async () => {
    const clock = new SleepClock();
    const pace = createPace(500, clock);
    const passed: number[] = [];
    for (let call = 0; call < 4; call += 1) {
      await pace('news');
      passed.push(clock.ms);
    }
    expect(passed).toEqual([0, 500, 1_000, 1_500]);
  });

  it('keeps topics apart', async () => {
    const clock = new SleepClock();
    const pace = createPace(500, clock);
    await pace('news');
    await pace('health');
    expect(clock.ms).toBe(0);
  });

  it('gives callers at the same time places in order', async () => {
    const waits: number[] = [];
    const pace = createPace(100, { now: () => 0, sleep: async (ms) => void waits.push(ms) });
    await Promise.all([pace('news'), pace('news'), pace('news')]);
    expect(waits).toEqual([100, 200]);
  });

  it('never lets more than ten a second pass at half a second, whenever calls come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 40 }), async (pauses) => {
        const clock = new SleepClock();
        const pace = createPace(500, clock);
        const passed: number[] = [];
        for (const pause of pauses) {
          clock.ms += pause;
          await pace('news');
          passed.push(clock.ms);
        }
        for (const [at, ms] of passed.entries()) {
          if (at > 0) expect(ms - (passed[at - 1] ?? 0)).toBeGreaterThanOrEqual(500);
        }
      }),
    );
  });
});
