import type { Alert } from '#core/alerts/types.ts';
import type { PageSpec } from '#core/history/types.ts';
import { bulletinOf, DAYBOOK } from './bulletins/record.ts';
import { type DueMessagesInput, writeDueMessages } from './bulletins/write-due.ts';
import { eachHost } from './by-host.ts';
import { errorFields } from './error-fields.ts';
import { type FetchDeps, fetchPage } from './fetch/fetch.ts';
import { ingest } from './ingest/ingest.ts';
import type { IngestDeps, IngestResult } from './ingest/types.ts';
import { type NotifyDeps, notifyPage } from './notify/notify.ts';
import { type PlanInput, plan } from './plan/plan.ts';
import type { FetchJob } from './ports.ts';

/** Everything that one machine needs to do alone what the queues and functions do together. */
export interface TrackDeps extends IngestDeps, NotifyDeps, Omit<FetchDeps, 'ingestQueue' | 'now'> {
  /** Called with each result of a check and its alerts, as it happens. */
  readonly report?: (result: IngestResult, alerts: readonly Alert[]) => void;
  /** Called for each check that an error ended, after it was logged. */
  readonly failed?: (page: PageSpec) => void;
  /** Called between two checks: true leaves the rest for the next start. */
  readonly stopped?: () => boolean;
}

/** With `daybook`: messages about all pages together, too. */
export type TrackInput = Omit<PlanInput, 'now'> & Pick<DueMessagesInput, 'daybook'>;

/** Hosts that are asked at the same time. */
const HOSTS_AT_ONCE = 4;

/**
 * One round of the loop: plan what is due, then fetch, ingest and notify page by page; one request at a time a host.
 * Returns how many pages were checked.
 */
export async function trackOnce(deps: TrackDeps, input: TrackInput): Promise<number> {
  const jobs: FetchJob[] = [];
  const fetchQueue = { send: async (job: FetchJob) => void jobs.push(job) };
  const now = deps.now().toISOString();
  const { checks } = await plan(
    { history: deps.history, fetchQueue, log: deps.log, clock: deps.now },
    { ...input, now },
  );
  for (const id of await writeDueMessages(deps, { ...input, checks, now })) await attemptMessage(deps, id);
  await eachHost(jobs, {
    urlOf: ({ page }) => page.url,
    width: HOSTS_AT_ONCE,
    work: (job) => attempt(deps, job),
    stopped: deps.stopped,
  });
  return jobs.length;
}

/** A message that was not sent is sent with the next one of its pages, or at the next start. */
async function attemptMessage(deps: TrackDeps, id: string): Promise<void> {
  try {
    await notifyPage(deps, id);
  } catch (error) {
    deps.log.warn('a message about several pages was not sent', { id, ...errorFields(error) });
  }
}

/** A failed check does not delay other pages; its lease runs out, and the same job is planned again. */
async function attempt(deps: TrackDeps, job: FetchJob): Promise<void> {
  try {
    await checkPage(deps, job);
  } catch (error) {
    deps.log.warn('a check failed', {
      page: job.page.id,
      error: error instanceof Error ? error.message : String(error),
    });
    deps.failed?.(job.page);
  }
}

/** Fetch, ingest, notify: what one job leads to. */
export async function checkPage(deps: TrackDeps, job: FetchJob): Promise<IngestResult[]> {
  const ingestQueue = { send: async () => {} };
  const observation = await fetchPage({ ...deps, ingestQueue }, job);
  return observation === null ? [] : notify(deps, job.page, await ingest(deps, observation));
}

/**
 * Completes what an earlier process left: captures that were stored and not judged, alerts that were not sent, and
 * pages that were under way. To be called once before the first round.
 */
export async function recover(deps: TrackDeps, pages: readonly PageSpec[]): Promise<void> {
  for (const page of pages) {
    const check = await deps.history.check(page.id);
    if (check === null) continue;
    const now = deps.now().toISOString();
    await notify(
      deps,
      check.page,
      await ingest(deps, {
        page: check.page,
        dueAt: check.dueAt,
        observedAt: now,
        full: true,
        kind: 'captured',
        captureId: '',
      }),
    );
    // Written again even where nothing changed: an index entry may not have followed its item when the process ended.
    const current = await deps.history.check(page.id);
    if (current !== null) await deps.history.putCheck({ ...current, leasedUntil: null }, current);
  }
  await attemptMessage(deps, DAYBOOK);
}

async function notify(deps: TrackDeps, page: PageSpec, results: IngestResult[]): Promise<IngestResult[]> {
  const alerts = await notifyPage(deps, page.id);
  // What its host's pages have in common: on AWS the table's stream starts it.
  alerts.push(...(await notifyPage(deps, bulletinOf(page.url))));
  for (const [index, result] of results.entries()) deps.report?.(result, index === results.length - 1 ? alerts : []);
  return results;
}
