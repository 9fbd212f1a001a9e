import type { SeriesConfig } from '#core/config.ts';
import type { PageSpec } from '#core/history/types.ts';
import { type CheckState, newestCapture, periodOf } from '#core/schedule/check.ts';
import { type Bounds, pauseOf } from '#core/schedule/interval.ts';
import { withPlausibleTimes } from '#core/schedule/plausible.ts';
import { fairShare } from '#core/schedule/share.ts';
import type { FetchJob, HistoryStore, Log, Queue } from '../ports.ts';
import { withAddedSeries } from './added-series.ts';
import { withWrongTimes } from './clocks.ts';
import { HostTurns } from './host-turns.ts';
import { promisedFirst } from './order.ts';
import { reconcile } from './reconcile.ts';
import { replaceCheck } from './replace-check.ts';

export interface PlanDeps {
  readonly history: Pick<HistoryStore, 'checks' | 'due' | 'putCheck' | 'series' | 'putSeries'>;
  readonly fetchQueue: Queue<FetchJob>;
  readonly log: Log;
  /** Shows the present; absent: the time of the tick. */
  readonly clock?: () => Date;
}

export interface PlanInput {
  /** Every page that the configuration names now. */
  readonly pages: readonly PageSpec[];
  /** Its series: their discovered members stay tracked. */
  readonly series: readonly SeriesConfig[];
  /** ISO 8601. */
  readonly now: string;
  /** Most jobs planned at once: after an outage the backlog takes several ticks. A function is given how many pages are checked. */
  readonly limit: number | ((watched: number) => number);
  /** Most of them for one host; all of them where it is not given. See `tickBudget`. */
  readonly perHost?: number;
  /** Pages are leased for so long after `now`, seconds: the rest is due with the next tick. Absent: until all are. */
  readonly leasingSeconds?: number;
  /** A job that was not answered for so long is planned again, minutes. */
  readonly leaseMinutes: number;
  /**
   * For so long the call that a job is handed to may ask its host, minutes; until then no other tick hands out pages of the
   * host. Absent: one process asks all hosts.
   */
  readonly callMinutes?: number;
  /** Time between two ticks, minutes: a page goes with the tick that is nearest to its time. Absent: never before its time. */
  readonly tickMinutes?: number;
  /** Whether the page of an address is asked from elsewhere, and so not handed out here. Absent: none is. */
  readonly relayed?: (url: string) => boolean;
  /** The configured pauses: a check that is planned beyond them is due now. */
  readonly bounds: Bounds;
}

export interface PlanResult {
  readonly started: number;
  readonly retired: number;
  readonly planned: readonly string[];
  /** All checks, as they were before this tick. */
  readonly checks: readonly CheckState[];
}

/** Pages that a tick leases however late it is: they take a second, and a tick that leases none would be followed by others. */
const FEWEST = 50;

/** Longest time without a full request: a server with a wrong 304 would hide changes for ever. */
export const FULL_EVERY_HOURS = 24;

/**
 * Brings the table in line with the configuration and the added series, then sends a job for every page that is due. A
 * page is leased before its job is sent, so that it is due once; a lease that runs out unanswered makes the same job due
 * again, under the same name, so that its capture is never taken twice. If more is due than the limit of a tick, hosts
 * share it: one with a long backlog does not delay the others. Pages with times of a clock that ran ahead come first,
 * because nobody knows when they were checked.
 */
export async function plan(deps: PlanDeps, input: PlanInput): Promise<PlanResult> {
  const checks = await deps.history.checks();
  const added = new Set(checks.filter((check) => check.added !== undefined).map((check) => check.page.id));
  const to = await withAddedSeries(deps, { ...input, added });
  const { started, retired, replaced, pages, watched } = await reconcile(deps.history, checks, to);
  for (const sentence of replaced) deps.log.warn('the configuration replaces an added page', { sentence });
  const limit = typeof input.limit === 'number' ? input.limit : input.limit(watched);
  const { perHost = limit } = input;
  const leasedUntil = later(input.now, input.leaseMinutes);
  const { callMinutes } = input;
  const expiresAt = callMinutes === undefined ? leasedUntil : later(input.now, callMinutes);
  const planned: string[] = [];
  // Reads all due pages: those of other hosts may be sorted after the whole backlog of one host.
  const most = Math.max(limit, pages);
  const slack = slackOf(input);
  const soon = later(input.now, slack);
  const nearly = await deps.history.due(soon, most);
  const { relayed = () => false } = input;
  const due = nearly.filter((check) => !relayed(check.page.url) && mayGo(check, slack, input));
  const { clock = () => new Date(input.now) } = deps;
  const wrongOf = withWrongTimes(checks, input, clock);
  const isWrong = new Set([...wrongOf.keys()].map((check) => check.page.id));
  const right = due.filter((check) => !isWrong.has(check.page.id));
  const first = [...wrongOf.keys(), ...promisedFirst(right, Date.parse(soon), input.bounds)];
  const turns = callMinutes === undefined ? null : new HostTurns(checks, nearly, { ...input, soon, callMinutes });
  const { leasingSeconds = Number.POSITIVE_INFINITY } = input;
  const isLate = () => clock().getTime() > Date.parse(input.now) + leasingSeconds * 1_000;
  const free = turns === null ? first : first.filter((check) => turns.isFree(hostOf(check)));
  for (const stored of fairShare(free, { limit, perHost }, hostOf)) {
    // A process that dies of its time limit hands nothing over, and each page that it leased is lost until its lease ends.
    if (planned.length >= FEWEST && isLate()) {
      deps.log.warn('left due pages to the next tick: there are more than one has time to lease', {
        planned: planned.length,
        due: due.length,
      });
      break;
    }
    const wrong = wrongOf.get(stored);
    const check = wrong === undefined ? stored : withPlausibleTimes(stored, input);
    const isDue = (wrong === undefined || check.dueAt <= input.now) && !relayed(check.page.url);
    const job = jobOf(check, input.now, expiresAt);
    if (isDue && turns?.takes(job) === false) continue;
    if (!(await replaceCheck(deps.history, isDue ? { ...check, leasedUntil } : check, stored))) {
      turns?.lose(hostOf(check));
      continue;
    }
    if (wrong !== undefined) {
      const { page, dueAt } = check;
      deps.log.warn('a check has times of a clock that ran ahead', { page: page.id, ...wrong, isDueAt: dueAt });
    }
    if (!isDue) continue;
    await deps.fetchQueue.send(job);
    planned.push(check.page.id);
  }
  deps.log.info('planned', { planned: planned.length, due: due.length, implausible: wrongOf.size, started, retired });
  return { started, retired, planned, checks };
}

/**
 * How long before its time a page may go, minutes. Falling due seconds after a tick must not cost a whole tick. At most half of
 * the shortest pause, so that the times at which a page falls due, which name its captures, always grow.
 */
function slackOf({ tickMinutes = 0, bounds }: PlanInput): number {
  return Math.min(tickMinutes, bounds.checkAtMostEvery) / 2;
}

/** Due, or so nearly due by its own pause that this tick is the nearest one. A backoff or a `Retry-After` is waited for. */
function mayGo(check: CheckState, slack: number, { now, bounds }: PlanInput): boolean {
  const { leasedUntil, dueAt, failures, lastCheckedAt, page, summary, added } = check;
  if ((leasedUntil ?? dueAt) <= now) return true;
  if (leasedUntil !== null || failures > 0 || lastCheckedAt === null || added?.every != null) return false;
  if (dueAt > later(now, slack)) return false;
  const made = { ...check, checkedAt: lastCheckedAt, pageId: page.id, period: periodOf(page, summary.period) };
  return Date.parse(dueAt) - Date.parse(lastCheckedAt) <= pauseOf(made, bounds) + 1;
}

/** An instant so many minutes later. */
function later(now: string, minutes: number): string {
  return new Date(Date.parse(now) + minutes * 60_000).toISOString();
}

function hostOf(check: CheckState): string {
  return new URL(check.page.url).host;
}

/** What to ask of the page's server: validators only if the last body was accepted and a full request is not due. */
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
    previous: newestCapture(check),
    expiresAt,
  };
}
