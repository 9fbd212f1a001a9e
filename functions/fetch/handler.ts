import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { processFifo } from '#adapters/aws/batch.ts';
import { composeFetch } from '#adapters/aws/compose.ts';
import { holdHost } from '#adapters/aws/hold-host.ts';
import { createCounter } from '#adapters/aws/telemetry.ts';
import { fetchPage } from '#app/fetch/fetch.ts';
import type { FetchJob } from '#app/ports.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';

const config = parseConfig(rawConfig);
const deps = composeFetch(config);
const metrics = createCounter('fetch');

/** Jobs of one host: fetch each page, store what is new, send the observation. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const response = await processFifo<FetchJob>(event, async (job) => {
    const observation = await fetchPage(deps, job);
    if (observation !== null && observation.kind !== 'failed') metrics.count('checks', 1);
    await holdHost(observation, config.fetch.minGapSeconds * 1_000);
  });
  metrics.flush();
  return response;
}
