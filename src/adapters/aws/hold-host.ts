import { setTimeout as delay } from 'node:timers/promises';
import type { Observation } from '#app/ports.ts';

/** Failures for which the host was sent nothing. */
const NOTHING_SENT: ReadonlySet<string> = new Set(['bad-url', 'off-list', 'postponed']);

/** Longest pause, milliseconds: longer ones follow from the number of a host's pages in a tick. */
const LONGEST_MS = 60_000;

/**
 * Keeps the queue's group, which is the host, for the pause that the host is owed. The next job of the group may run in
 * another instance, which knows nothing of this one's requests; it does not start before this one has returned.
 */
export async function holdHost(
  observation: Observation | null,
  gapMs: number,
  sleep: (milliseconds: number) => Promise<unknown> = delay,
): Promise<void> {
  if (observation === null || (observation.kind === 'failed' && NOTHING_SENT.has(observation.reason))) return;
  if (gapMs > 0) await sleep(Math.min(gapMs, LONGEST_MS));
}
