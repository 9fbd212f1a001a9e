import type { DaybookConfig } from '#core/config.ts';
import { relayedBy } from '#core/config-relayed.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { tickBudget } from '#core/schedule/share.ts';
import type { PlanInput } from './plan.ts';

/** How long a job has its page, minutes. */
export const LEASE_MINUTES = 30;
/** How long a call of fetch may ask hosts, minutes: shorter than its time limit, and than a tick at the default pace. */
export const CALL_MINUTES = 13;

/** How long after its begin a tick leases pages, seconds: the rest of plan's two minutes is for handing them over. */
const LEASING_SECONDS = 75;

/** What a deployed tick plans. */
export function tickOf(config: DaybookConfig, now: Date): PlanInput {
  const { planEvery } = config.schedule;
  const during = { ...config, schedule: { ...config.schedule, planEvery: Math.min(planEvery, CALL_MINUTES) } };
  return {
    pages: configuredPages(config, now),
    series: config.series,
    now: now.toISOString(),
    limit: (watched) => tickBudget(config, watched).limit,
    // What a host can be asked politely in one call.
    perHost: tickBudget(during, 0).perHost,
    leasingSeconds: LEASING_SECONDS,
    leaseMinutes: LEASE_MINUTES,
    callMinutes: CALL_MINUTES,
    tickMinutes: planEvery,
    relayed: relayedBy(config),
    bounds: config.schedule,
  };
}
