import type { PageSpec } from '#core/history/types.ts';
import { ConflictError } from './errors.ts';
import type { CheckState, FetchJob, HistoryStore, Log, Queue } from './ports.ts';

export interface PlanDeps {
  readonly history: Pick<HistoryStore, 'checks' | 'due' | 'putCheck'>;
  readonly fetchQueue: Queue<FetchJob>;
  readonly log: Log;
}

export interface PlanInput {
  /** Every page that the configuration names now. */
  readonly pages: readonly PageSpec[];
  /** Ids of its series: what was discovered of them stays tracked. */
  readonly series: readonly string[];
  /** ISO 8601. */
  readonly now: string;
  /** Most jobs planned at once: after an outage the backlog is worked off over several ticks. */
  readonly limit: number;
  /** A job that was not answered for so long is planned again, minutes. */
  readonly leaseMinutes: number;
}

export interface PlanResult {
  readonly started: number;
  readonly retired: number;
  readonly planned: readonly string[];
}

/** A full body is asked for at least this often: a server that answers 304 wrongly would hide changes for ever. */
const FULL_EVERY_HOURS = 24;

/**
 * Brings the table in line with the configuration, then sends a job for every page that is due. A page is leased
 * before its job is sent, so that it is due once; a lease that runs out unanswered makes the same job due again,
 * under the same name, so that its capture is never taken twice.
 */
export async function plan(deps: PlanDeps, input: PlanInput): Promise<PlanResult> {
  const { started, retired } = await reconcile(deps, input);
  const leasedUntil = new Date(Date.parse(input.now) + input.leaseMinutes * 60_000).toISOString();
  const planned: string[] = [];
  for (const check of await deps.history.due(input.now, input.limit)) {
    if (!(await replaced(deps.history, { ...check, leasedUntil }, check))) continue;
    await deps.fetchQueue.send(jobOf(check, input.now, leasedUntil));
    planned.push(check.page.id);
  }
  deps.log.info('planned', { planned: planned.length, started, retired });
  return { started, retired, planned };
}

/** What to ask of the page's server: validators only where the last body was believed and a full one is not due. */
export function jobOf(check: CheckState, now: string, expiresAt: string): FetchJob {
  const lastFull = check.lastFullAt === null ? 0 : Date.parse(check.lastFullAt);
  const full = check.knownSha256 === null || Date.parse(now) - lastFull >= FULL_EVERY_HOURS * 3_600_000;
  return {
    page: check.page,
    dueAt: check.dueAt,
    etag: check.etag,
    lastModified: check.lastModified,
    knownSha256: check.knownSha256,
    full,
    expiresAt,
  };
}

/** A page that was never looked at, due at `dueAt`. */
export function newCheck(page: PageSpec, dueAt: string): CheckState {
  return {
    page,
    dueAt,
    leasedUntil: null,
    retired: false,
    lastCheckedAt: null,
    lastCaptureId: null,
    lastChangedAt: null,
    etag: null,
    lastModified: null,
    knownSha256: null,
    lastFullAt: null,
    failures: 0,
    version: 0,
  };
}

async function reconcile(deps: PlanDeps, input: PlanInput): Promise<{ started: number; retired: number }> {
  const stored = new Map((await deps.history.checks()).map((check) => [check.page.id, check]));
  let started = 0;
  let retired = 0;
  for (const page of input.pages) {
    const check = stored.get(page.id);
    stored.delete(page.id);
    if (check === undefined) {
      if (await replaced(deps.history, newCheck(page, input.now), null)) started += 1;
    } else if (check.retired || !samePage(check.page, page)) {
      // Another address has other validators: the next body is asked for whole.
      const fresh = check.page.url === page.url ? {} : { etag: null, lastModified: null, knownSha256: null };
      await replaced(
        deps.history,
        { ...check, ...fresh, page, retired: false, dueAt: input.now, leasedUntil: null },
        check,
      );
    }
  }
  for (const check of stored.values()) {
    // Members of a series that its hub page named are not in the list: they stay, and go, with their series.
    const retire = check.page.series === null || !input.series.includes(check.page.series);
    if (retire === check.retired) continue;
    const next = { ...check, retired: retire, leasedUntil: null, dueAt: retire ? check.dueAt : input.now };
    if ((await replaced(deps.history, next, check)) && retire) retired += 1;
  }
  return { started, retired };
}

function samePage(a: PageSpec, b: PageSpec): boolean {
  return a.url === b.url && a.name === b.name && a.rolling === b.rolling && a.series === b.series;
}

/** False when another worker changed the page's check first: it plans, this one leaves it. */
async function replaced(history: PlanDeps['history'], next: CheckState, expected: CheckState | null): Promise<boolean> {
  try {
    await history.putCheck(next, expected);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
