import { composeIngest } from '#adapters/aws/compose.ts';
import { createCounter } from '#adapters/aws/telemetry.ts';
import { errorFields } from '#app/error-fields.ts';
import type { IngestCall } from '#app/fetch/fetch-call.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { isBelieved } from '#app/ingest/types.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';
import { ENV } from '#core/names.ts';

const deps = composeIngest(parseConfig(rawConfig));
const metrics = createCounter('ingest', process.env[ENV.stage] ?? null);

/**
 * Observations of some pages: judge, compare, append, flip. One that fails keeps no other back. Lambda then delivers all
 * of them again, which changes nothing for those that were done.
 */
export async function handler({ observations }: IngestCall): Promise<{ ingested: number }> {
  const failures: unknown[] = [];
  let believed = 0;
  for (const observation of observations) {
    try {
      for (const result of await ingest(deps, observation)) if (isBelieved(result)) believed += 1;
    } catch (error) {
      failures.push(error);
      const { page, dueAt, kind } = observation;
      deps.log.warn('an observation was not ingested', { page: page.id, dueAt, kind, ...errorFields(error) });
    }
  }
  // What the alarm on silence counts: a wall that answers is no page.
  if (believed > 0) metrics.count('checks', believed);
  metrics.flush();
  if (failures.length > 0) throw failures[0];
  return { ingested: observations.length };
}
