import { composePlan } from '#adapters/aws/compose.ts';
import { plan } from '#app/plan/plan.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { tickBudget } from '#core/schedule/share.ts';

const config = parseConfig(rawConfig);
const deps = composePlan();

/** Scheduler tick: every due page becomes a job. */
export async function handler(): Promise<{ planned: number }> {
  const now = new Date();
  const pages = configuredPages(config, now);
  const { planned } = await plan(
    { ...deps, clock: () => new Date() },
    {
      pages,
      series: config.series,
      now: now.toISOString(),
      limit: (watched) => tickBudget(config, watched).limit,
      perHost: tickBudget(config, 0).perHost,
      leaseMinutes: 30,
      bounds: config.schedule,
    },
  );
  return { planned: planned.length };
}
