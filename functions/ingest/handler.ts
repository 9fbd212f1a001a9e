import { composeIngest } from '#adapters/aws/compose.ts';
import { errorFields } from '#app/error-fields.ts';
import type { IngestCall } from '#app/fetch/fetch-call.ts';
import { ingest } from '#app/ingest/ingest.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';

const deps = composeIngest(parseConfig(rawConfig));

/**
 * Observations of some pages: judge, compare, append, flip. One that fails keeps no other back. Lambda then delivers all
 * of them again, which changes nothing for those that were done.
 */
export async function handler({ observations }: IngestCall): Promise<{ ingested: number }> {
  const failures: unknown[] = [];
  for (const observation of observations) {
    try {
      await ingest(deps, observation);
    } catch (error) {
      failures.push(error);
      const { page, dueAt, kind } = observation;
      deps.log.warn('an observation was not ingested', { page: page.id, dueAt, kind, ...errorFields(error) });
    }
  }
  if (failures.length > 0) throw failures[0];
  return { ingested: observations.length };
}
