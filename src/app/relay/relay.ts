import { DaybookError } from '#core/errors.ts';
import type { StoredCapture } from '#core/history/types.ts';
import { parseRetryAfter } from '#core/net/retry-after.ts';
import { periodOf } from '#core/schedule/check.ts';
import { boundsOf, nextDue } from '#core/schedule/interval.ts';
import { CLOCK_SKEW_MS } from '#core/schedule/plausible.ts';
import { eachHost } from '../by-host.ts';
import { type FetchDeps, fetchPage } from '../fetch/fetch.ts';
import type { IngestCall } from '../fetch/fetch-call.ts';
import { findCapture } from '../objects/captures.ts';
import type { Observation, Queue } from '../ports.ts';
import { newestCaptures } from './newest-captures.ts';
import { capturesWanted, type JobRules, type RelayedPage, relayJob } from './relay-job.ts';

export interface RelayDeps extends Omit<FetchDeps, 'ingestQueue'>, JobRules {
  readonly ingestQueue: Queue<IngestCall>;
  /** By how much this machine's clock is ahead of the store's, milliseconds; null: not known yet. */
  readonly aheadMs: () => number | null;
  /** A fixed pause between two checks of a page, minutes; null: the pauses of the schedule. */
  readonly every: number | null;
  /** Called with what became of each page, as it happens. */
  readonly report?: (result: RelayResult) => void;
  /** Called between two pages: true leaves the rest. */
  readonly stopped?: () => boolean;
}

/** What became of a page. */
export interface RelayResult {
  readonly pageId: string;
  /** `postponed`: its host is to be left alone, nothing was sent. `error`: nothing was stored or handed over. */
  readonly outcome: 'captured' | 'unchanged' | 'failed' | 'postponed' | 'error';
  /** Why there is no capture; null where there is one. */
  readonly detail: string | null;
  /** HTTP status of the capture. */
  readonly status: number | null;
  /** When the relay asks the page again, ISO 8601. */
  readonly dueAt: string;
}

/** The clocks of this machine and of the store differ by so much that observed times would be wrong. */
export class ClockError extends DaybookError {}

/** What a relay remembers of a page while it runs. */
interface Memory {
  readonly dueAt: string;
  readonly failures: number;
  readonly lastChangedAt: string | null;
}

/** Hosts that are asked at the same time. */
const HOSTS_AT_ONCE = 4;
/** After an error of the store, in seconds. */
const AFTER_ERROR = 300;

/**
 * Asks pages and adds what it finds to a store that it cannot read back: captures, and messages to ingest. It keeps no
 * lease and reads no check; what is stored of a page decides how it is asked, so that relays may come and go.
 */
export class Relay {
  readonly #memory = new Map<string, Memory>();

  constructor(private readonly deps: RelayDeps) {}

  /**
   * Asks those of the pages that are due: at first those whose newest capture is older than their shortest pause, and
   * those that a person named. The pages of a host one after the other.
   * @throws ClockError before anything is asked by a clock that is wrong
   */
  async round(pages: readonly RelayedPage[]): Promise<RelayResult[]> {
    const results: RelayResult[] = [];
    const work = async (one: RelayedPage) => {
      const result = await this.#attempt(one);
      if (result === null) return;
      results.push(result);
      this.deps.report?.(result);
    };
    await eachHost(pages, {
      urlOf: ({ page }) => page.url,
      width: HOSTS_AT_ONCE,
      work,
      stopped: this.deps.stopped,
    });
    return results;
  }

  async #attempt(one: RelayedPage): Promise<RelayResult | null> {
    try {
      return await this.#relay(one);
    } catch (error) {
      if (error instanceof ClockError) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      const dueAt = new Date(this.deps.now().getTime() + AFTER_ERROR * 1_000).toISOString();
      const { failures = 0, lastChangedAt = null } = this.#memory.get(one.page.id) ?? {};
      this.#memory.set(one.page.id, { dueAt, failures, lastChangedAt });
      return { pageId: one.page.id, outcome: 'error', detail, status: null, dueAt };
    }
  }

  /** Null: the page is not due. */
  async #relay(one: RelayedPage): Promise<RelayResult | null> {
    const { deps } = this;
    const { page } = one;
    const memory = this.#memory.get(page.id) ?? null;
    if (memory !== null && memory.dueAt > deps.now().toISOString()) return null;
    const newest = await newestCaptures(deps.objects, page.id, capturesWanted(deps.policy), deps.now());
    this.#expectRightClock();
    if (memory === null && one.named !== true && this.#isFresh(one, newest)) return null;
    const job = relayJob(one, newest, deps.now(), deps);
    const ingestQueue = { send: (observation: Observation) => deps.ingestQueue.send({ observations: [observation] }) };
    const seen = await fetchPage({ ...deps, ingestQueue }, job);
    if (seen === null) return null;
    const stored = seen.kind === 'captured' ? await findCapture(deps.objects, page.id, seen.captureId) : null;
    const next = this.#remember(one, seen, stored, newest, memory);
    return { pageId: page.id, ...outcomeOf(seen, stored), dueAt: next.dueAt };
  }

  /** The times that it writes are evidence. */
  #expectRightClock(): void {
    const ahead = this.deps.aheadMs();
    if (ahead === null || Math.abs(ahead) <= CLOCK_SKEW_MS) return;
    const minutes = Math.round(Math.abs(ahead) / 60_000);
    const which = ahead > 0 ? 'ahead of' : 'behind';
    throw new ClockError(
      `The clock of this machine is ${minutes} minutes ${which} that of AWS: set it, since captures carry its times; nothing was asked`,
      { code: 'wrong-clock' },
    );
  }

  /** Another process has just brought the page. */
  #isFresh({ every }: RelayedPage, newest: readonly StoredCapture[]): boolean {
    const last = newest.at(-1);
    if (last === undefined) return false;
    const { checkAtMostEvery } = boundsOf(every, this.deps.bounds);
    const age = this.deps.now().getTime() - Date.parse(last.fetchedAt);
    return age >= 0 && age < checkAtMostEvery * 60_000;
  }

  #remember(
    { page, every }: RelayedPage,
    seen: Observation,
    stored: StoredCapture | null,
    newest: readonly StoredCapture[],
    memory: Memory | null,
  ): Memory {
    const isPostponed = seen.kind === 'failed' && seen.reason === 'postponed';
    const isBad = seen.kind === 'failed' || (stored !== null && stored.status !== 200);
    const retryAfterSeconds = retryAfterOf(seen, stored);
    const outcome = {
      pageId: page.id,
      checkedAt: seen.observedAt,
      lastChangedAt: lastChangeOf(stored, newest, memory),
      period: periodOf(page, null),
      failures: isPostponed ? (memory?.failures ?? 0) : isBad ? (memory?.failures ?? 0) + 1 : 0,
      retryAfterSeconds,
    };
    const soonest = Date.parse(seen.observedAt) + (retryAfterSeconds ?? 0) * 1_000;
    const fixed = this.deps.every === null ? null : Date.parse(seen.observedAt) + this.deps.every * 60_000;
    const dueAt = isPostponed
      ? new Date(soonest).toISOString()
      : fixed === null
        ? nextDue(outcome, boundsOf(every, this.deps.bounds))
        : new Date(Math.max(fixed, soonest)).toISOString();
    const next = { dueAt, failures: outcome.failures, lastChangedAt: outcome.lastChangedAt };
    this.#memory.set(page.id, next);
    return next;
  }
}

function retryAfterOf(seen: Observation, stored: StoredCapture | null): number | null {
  if (seen.kind === 'failed') return seen.retryAfterSeconds;
  return stored === null ? null : parseRetryAfter(stored.headers['retry-after'], Date.parse(stored.fetchedAt));
}

/** When the bytes were first seen that the page has now, as far as is known here. */
function lastChangeOf(
  stored: StoredCapture | null,
  newest: readonly StoredCapture[],
  memory: Memory | null,
): string | null {
  const before = newest.at(-1) ?? null;
  if (stored !== null && stored.sha256 !== before?.sha256) return stored.fetchedAt;
  if (memory !== null && memory.lastChangedAt !== null) return memory.lastChangedAt;
  if (before === null) return null;
  const changed = newest.findLastIndex(({ sha256 }) => sha256 !== before.sha256) + 1;
  return newest[changed]?.fetchedAt ?? null;
}

function outcomeOf(
  seen: Observation,
  stored: StoredCapture | null,
): Pick<RelayResult, 'outcome' | 'detail' | 'status'> {
  if (seen.kind === 'failed') {
    const outcome = seen.reason === 'postponed' ? 'postponed' : 'failed';
    return { outcome, detail: `${seen.reason}: ${seen.message}`, status: null };
  }
  return { outcome: seen.kind, detail: null, status: stored?.status ?? null };
}
