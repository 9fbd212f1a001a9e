import { composePlan } from '#adapters/aws/compose.ts';
import { FetchCalls } from '#app/plan/calls.ts';
import { plan } from '#app/plan/plan.ts';
import { tickOf } from '#app/plan/tick.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';

const config = parseConfig(rawConfig);
const deps = composePlan();

/** Scheduler tick: the pages that are due are handed to calls of fetch. */
export async function handler(): Promise<{ planned: number }> {
  const calls = new FetchCalls(deps.fetchQueue);
  try {
    const tick = tickOf(config, new Date());
    const { planned } = await plan({ ...deps, fetchQueue: calls, clock: () => new Date() }, tick);
    return { planned: planned.length };
  } finally {
    // What was leased before a failure is handed over, too.
    await calls.handOver();
  }
}
