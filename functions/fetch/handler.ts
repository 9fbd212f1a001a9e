import { composeFetch } from '#adapters/aws/compose.ts';
import { createCounter } from '#adapters/aws/telemetry.ts';
import { JobsFailedError } from '#app/errors.ts';
import { fetchCall } from '#app/fetch/fetch-call.ts';
import type { FetchCall } from '#app/plan/calls.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';

const deps = composeFetch(parseConfig(rawConfig));
const metrics = createCounter('fetch');

/** Jobs of some hosts: fetch each page, store what is new, hand the observations to ingest. */
export async function handler({ jobs }: FetchCall): Promise<{ fetched: number }> {
  let checks = 0;
  const report = (kind: string) => {
    if (kind !== 'failed') checks += 1;
  };
  const failed = await fetchCall({ ...deps, report: (observation) => report(observation.kind) }, jobs);
  if (checks > 0) metrics.count('checks', checks);
  metrics.flush();
  if (failed > 0) throw new JobsFailedError(failed, jobs.length);
  return { fetched: jobs.length };
}
