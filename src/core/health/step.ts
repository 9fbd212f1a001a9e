import type { Candidate, HealthReason, HealthState, Verdict } from './types.ts';

/** What one check found. */
export interface Observation {
  readonly verdict: Verdict;
  /** When the page was seen: ISO 8601 instant, UTC. */
  readonly at: string;
  /** Fingerprint of the article's tracked text, null where no article could be read. */
  readonly fingerprint: string | null;
}

/** When a suspect page goes down, and when a mass change is accepted. */
export interface HealthPolicy {
  /** Consecutive bad checks after which a page is down. Default 3. */
  readonly downAfter: number;
  /** Consecutive checks with the same content after which a mass change is accepted. Default 3. */
  readonly confirmAfter: number;
  /** Hours that must lie between the first and the last of those checks. Default 2. */
  readonly confirmHours: number;
}

export const DEFAULT_HEALTH_POLICY: HealthPolicy = { downAfter: 3, confirmAfter: 3, confirmHours: 2 };

export interface HealthStep {
  readonly health: HealthState;
  /** What to notify of: once when the page goes down, once when it recovers. */
  readonly event: null | 'down' | 'recovered';
  /** True when the verdict was bad but the same content was seen often enough: it becomes a revision. */
  readonly accepted: boolean;
}

/** Reasons that a real edit can cause too: the content can be confirmed by later checks. */
const CONFIRMABLE: ReadonlySet<HealthReason> = new Set<HealthReason>(['shrunk', 'mass-change']);

const HOUR_MS = 3_600_000;

/** The state of a page without a bad check. `at` is an ISO 8601 instant. */
export function healthy(at: string): HealthState {
  return { state: 'ok', reason: null, detail: null, since: at, badChecks: 0, candidate: null };
}

/**
 * The state after one more check: ok → suspect → down → ok.
 *
 * Only going down and recovering from down are events. Content that differs much (`shrunk`, `mass-change`) becomes a
 * candidate; `confirmAfter` checks in a row with the same fingerprint over at least `confirmHours` accept it. While all
 * bad checks saw that one candidate, the page stays suspect instead of going down: it will soon be accepted.
 */
export function step(
  health: HealthState,
  observation: Observation,
  policy: HealthPolicy = DEFAULT_HEALTH_POLICY,
): HealthStep {
  const { verdict, at } = observation;
  if (verdict.verdict === 'ok') return { ...backToOk(health, at), accepted: false };

  const candidate = nextCandidate(health.candidate, verdict.reason, observation);
  if (candidate !== null && isConfirmed(candidate, policy)) return { ...backToOk(health, at), accepted: true };

  const badChecks = health.badChecks + 1;
  const awaiting = candidate !== null && candidate.seen >= badChecks;
  const down = health.state === 'down' || (badChecks >= policy.downAfter && !awaiting);
  const state = down ? 'down' : 'suspect';
  return {
    health: {
      state,
      reason: verdict.reason,
      detail: verdict.detail,
      since: state === health.state ? health.since : at,
      badChecks,
      candidate,
    },
    event: down && health.state !== 'down' ? 'down' : null,
    accepted: false,
  };
}

function backToOk(health: HealthState, at: string): Pick<HealthStep, 'health' | 'event'> {
  return {
    health: health.state === 'ok' ? healthy(health.since) : healthy(at),
    event: health.state === 'down' ? 'recovered' : null,
  };
}

function nextCandidate(before: Candidate | null, reason: HealthReason, seen: Observation): Candidate | null {
  if (!CONFIRMABLE.has(reason) || seen.fingerprint === null) return null;
  if (before === null || before.fingerprint !== seen.fingerprint) {
    return { fingerprint: seen.fingerprint, seen: 1, firstSeenAt: seen.at, lastSeenAt: seen.at };
  }
  // A sighting by a clock that ran ahead must not put off the confirmation until then.
  const restarted = before.firstSeenAt > seen.at ? { firstSeenAt: seen.at } : {};
  return { ...before, ...restarted, seen: before.seen + 1, lastSeenAt: seen.at };
}

function isConfirmed(candidate: Candidate, policy: HealthPolicy): boolean {
  const heldMs = Date.parse(candidate.lastSeenAt) - Date.parse(candidate.firstSeenAt);
  return candidate.seen >= policy.confirmAfter && heldMs >= policy.confirmHours * HOUR_MS;
}
