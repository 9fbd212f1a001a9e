import { batches } from '../batches.ts';
import { byHost } from '../by-host.ts';
import { errorFields } from '../error-fields.ts';
import type { FetchJob, Observation, Queue } from '../ports.ts';
import { type FetchDeps, fetchPage } from './fetch.ts';

/** What one call of ingest is handed. */
export interface IngestCall {
  readonly observations: readonly Observation[];
}

export interface FetchCallDeps extends Omit<FetchDeps, 'ingestQueue'> {
  readonly ingestQueue: Queue<IngestCall>;
}

/** Observations that one call of ingest takes, at most. */
export const OBSERVATIONS_A_CALL = 5;
/** Observations of one host that are handed over together: what a call that ends early may lose. */
const TOGETHER = { items: OBSERVATIONS_A_CALL, bytes: 240_000 };

/**
 * Fetches the jobs of one call: hosts side by side, the pages of a host one after the other. A job that fails keeps no
 * other back; its page is due again when its lease ends.
 * @returns how many jobs failed
 */
export async function fetchCall(deps: FetchCallDeps, jobs: readonly FetchJob[]): Promise<number> {
  const failed = await Promise.all(byHost(jobs, ({ page }) => page.url).map((own) => fetchHost(deps, own)));
  return failed.reduce((sum, count) => sum + count, 0);
}

async function fetchHost(deps: FetchCallDeps, jobs: readonly FetchJob[]): Promise<number> {
  let failed = 0;
  let seen: Observation[] = [];
  const ingestQueue = { send: async (observation: Observation) => void seen.push(observation) };
  const handOver = async () => {
    const waiting = seen;
    seen = [];
    for (const observations of batches(waiting, TOGETHER)) {
      try {
        await deps.ingestQueue.send({ observations });
      } catch (error) {
        failed += observations.length;
        const pages = observations.map(({ page }) => page.id);
        deps.log.warn('observations were not handed over', { pages, ...errorFields(error) });
      }
    }
  };
  for (const job of jobs) {
    try {
      await fetchPage({ ...deps, ingestQueue }, job);
    } catch (error) {
      failed += 1;
      deps.log.warn('a page was not fetched', { page: job.page.id, dueAt: job.dueAt, ...errorFields(error) });
    }
    if (seen.length >= TOGETHER.items) await handOver();
  }
  await handOver();
  return failed;
}
