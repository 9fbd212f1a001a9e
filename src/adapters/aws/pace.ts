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

/**
 * For so long a call of notify sends, seconds; what is then left waits for the next call. At two mails a second these are at
 * most 81 mails of a topic, and 162 of both. The rest of the function's minute is for its start, and for a send that is slow.
 */
export const SENDING_SECONDS = 40;

/** Whether a time that begins now is over. */
export function deadline(seconds: number, { now }: Pick<PaceClock, 'now'> = REAL): () => boolean {
  const end = now() + seconds * 1_000;
  return () => now() > end;
}
