import { composePlan } from '#adapters/aws/compose.ts';
import { plan } from '#app/plan.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';
import { configuredPages } from '#core/schedule/series.ts';

const config = parseConfig(rawConfig);
const deps = composePlan();

/** Scheduler tick: whatever is due becomes a job. */
export async function handler(): Promise<{ planned: number }> {
  const now = new Date();
  const { planned } = await plan(deps, {
    pages: configuredPages(config, now),
    series: config.series.map((series) => series.id),
    now: now.toISOString(),
    limit: 200,
    leaseMinutes: 30,
  });
  return { planned: planned.length };
}
