import { sha256 } from '#core/history/canonical.ts';
import { captureId } from '#core/history/revision.ts';
import { findCapture, pageMarks, storeCapture } from '../objects/captures.ts';
import type { FetchJob, Log, ObjectStore, Observation, Queue } from '../ports.ts';
import type { PageFetcher } from './page-fetcher.ts';

export interface FetchDeps {
  readonly fetcher: PageFetcher;
  readonly objects: ObjectStore;
  readonly ingestQueue: Queue<Observation>;
  readonly log: Log;
  /** The clock: the observed time is read when the answer is there. */
  readonly now: () => Date;
}

/**
 * Fetches one page and sends the observation to ingest. A body that differs from the baseline is stored first, as a
 * capture. The job names the capture, so that a job that is delivered again finds it and does not ask the site again. A
 * job that comes too late (a queue that was stopped, a redrive) is left, and null returned: the page was planned again
 * since, and its present text must not be stored under an earlier name.
 */
export async function fetchPage(deps: FetchDeps, job: FetchJob): Promise<Observation | null> {
  if (deps.now().toISOString() >= job.expiresAt) {
    deps.log.warn('left an expired job', { page: job.page.id, dueAt: job.dueAt, expiresAt: job.expiresAt });
    return null;
  }
  const seen = await observe(deps, job);
  const freeAt = deps.fetcher.hostFreeAt?.(job.page.url) ?? null;
  const observation = freeAt === null ? seen : { ...seen, hostFreeAt: new Date(freeAt).toISOString() };
  await deps.ingestQueue.send(observation);
  return observation;
}

async function observe(deps: FetchDeps, job: FetchJob): Promise<Observation> {
  const { page, dueAt } = job;
  const id = captureId(dueAt);
  const taken = await findCapture(deps.objects, page.id, id);
  if (taken !== null) {
    return { page, dueAt, observedAt: taken.fetchedAt, full: true, kind: 'captured', captureId: id };
  }

  const outcome = await deps.fetcher.fetch({
    url: page.url,
    etag: job.etag,
    lastModified: job.lastModified,
    full: job.full,
  });
  const observedAt = deps.now().toISOString();
  const base = { page, dueAt, observedAt };
  const same = job.knownSha256 === null ? {} : { sameAs: job.knownSha256 };
  deps.log.info('fetched', {
    page: page.id,
    outcome: outcome.kind,
    status: 'status' in outcome ? outcome.status : null,
  });
  switch (outcome.kind) {
    case 'notModified':
      return { ...base, full: false, kind: 'unchanged', ...same };
    case 'failure':
      return {
        ...base,
        full: false,
        kind: 'failed',
        reason: outcome.reason,
        message: outcome.message,
        retryAfterSeconds: outcome.retryAfterSeconds,
      };
    case 'response': {
      if (outcome.status === 200 && job.knownSha256 !== null && sha256(outcome.body) === job.knownSha256) {
        return { ...base, full: true, kind: 'unchanged', ...same };
      }
      const meta = {
        pageId: page.id,
        url: page.url,
        finalUrl: outcome.finalUrl,
        fetchedAt: observedAt,
        status: outcome.status,
        headers: outcome.headers,
        ...pageMarks(page),
      };
      const capture = await storeCapture(deps.objects, id, meta, outcome.body, job.previous);
      return { ...base, observedAt: capture.fetchedAt, full: true, kind: 'captured', captureId: id };
    }
  }
}
