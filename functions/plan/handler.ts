import { composePlan } from '#adapters/aws/compose-plan.ts';
import { createCounter } from '#adapters/aws/telemetry.ts';
import { writeDueMessages } from '#app/bulletins/write-due.ts';
import { FetchCalls } from '#app/plan/calls.ts';
import { type PlanInput, type PlanResult, plan } from '#app/plan/plan.ts';
import { expectsChecks } from '#app/plan/silence.ts';
import { tickOf } from '#app/plan/tick.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';
import { ENV } from '#core/names.ts';

const config = parseConfig(rawConfig);
const deps = composePlan();
/** The checks that ingest counts: zeros of its metric. */
const metrics = createCounter('ingest', process.env[ENV.stage] ?? null);

/** Scheduler tick: the pages that are due are handed to calls of fetch, and messages about several pages are written. */
export async function handler(): Promise<{ planned: number }> {
  const tick = tickOf(config, new Date());
  const { planned, checks, failure } = await handOut(tick);
  if (expectsChecks(checks, tick.now, tick.bounds)) {
    // The alarm on silence sees a deployment in which no check ever succeeds.
    metrics.count('checks', 0);
    metrics.flush();
  }
  await writeDueMessages(deps, { ...tick, checks, daybook: config.alerts });
  if (failure !== null) throw failure.error;
  return { planned: planned.length };
}

interface HandedOut extends PlanResult {
  /** Why a call was not accepted: its pages are due again when their leases end. The notices of the tick wait for none. */
  readonly failure: { readonly error: unknown } | null;
}

async function handOut(tick: PlanInput): Promise<HandedOut> {
  const calls = new FetchCalls(deps.fetchQueue);
  // What was leased before a failure is handed over, too.
  const handOver = async () =>
    calls.handOver().then(
      () => null,
      (error: unknown) => ({ error }),
    );
  try {
    const result = await plan({ ...deps, fetchQueue: calls, clock: () => new Date() }, tick);
    return { ...result, failure: await handOver() };
  } catch (error) {
    await handOver();
    throw error;
  }
}
