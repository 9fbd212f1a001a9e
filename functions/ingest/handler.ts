import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { processFifo } from '#adapters/aws/batch.ts';
import { composeIngest } from '#adapters/aws/compose.ts';
import { createCounter } from '#adapters/aws/telemetry.ts';
import { ingest } from '#app/ingest/ingest.ts';
import type { Observation } from '#app/ports.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';

const deps = composeIngest(parseConfig(rawConfig));
const metrics = createCounter('ingest');

/** Observations of one page: judge, compare, append, flip. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const response = await processFifo<Observation>(event, async (observation) => {
    for (const result of await ingest(deps, observation)) {
      if (result.revision !== null) metrics.count('revisions', 1);
      if (result.outcome === 'quarantined') metrics.count('quarantined', 1);
    }
  });
  metrics.flush();
  return response;
}
