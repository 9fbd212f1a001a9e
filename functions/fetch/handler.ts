import { composeFetch } from '#adapters/aws/compose.ts';
import { JobsFailedError } from '#app/errors.ts';
import { fetchCall } from '#app/fetch/fetch-call.ts';
import type { FetchCall } from '#app/plan/calls.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';

const deps = composeFetch(parseConfig(rawConfig));

/** Jobs of some hosts: fetch each page, store what is new, hand the observations to ingest. */
export async function handler({ jobs }: FetchCall): Promise<{ fetched: number }> {
  const failed = await fetchCall(deps, jobs);
  if (failed > 0) throw new JobsFailedError(failed, jobs.length);
  return { fetched: jobs.length };
}
