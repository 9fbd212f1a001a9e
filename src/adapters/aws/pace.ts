import { setTimeout as delay } from 'node:timers/promises';

/** How time passes, in milliseconds. */
export interface PaceClock {
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

const REAL: PaceClock = { now: () => performance.now(), sleep: (milliseconds) => delay(milliseconds) };

/** Lets callers pass one at a time by name, at least `gapMs` apart, in the order in which they came. */
export function createPace(gapMs: number, { now, sleep }: PaceClock = REAL): (name: string) => Promise<void> {
  const free = new Map<string, number>();
  return async (name) => {
    const at = Math.max(now(), free.get(name) ?? 0);
    free.set(name, at + gapMs);
    const wait = at - now();
    if (wait > 0) await sleep(wait);
  };
}
