import type { Candidate, HealthReason, HealthState, Verdict } from './types.ts';

/** What one check found. */
export interface Observation {
  readonly verdict: Verdict;
  /** When the page was seen: ISO 8601 instant, UTC. */
  readonly at: string;
  /** Fingerprint of the article's tracked text, null where no article could be read. */
  readonly fingerprint: string | null;
}

/** When suspicion becomes an alert, and when a mass change becomes the truth. */
export interface HealthPolicy {
  /** Consecutive bad checks that turn suspect into down. Default 3. */
  readonly downAfter: number;
  /** Checks that must see a mass change unchanged before it is accepted. Default 3. */
  readonly confirmAfter: number;
  /** Hours between the first and the last of those checks, at least. Default 2. */
  readonly confirmHours: number;
}

export const DEFAULT_HEALTH_POLICY: HealthPolicy = { downAfter: 3, confirmAfter: 3, confirmHours: 2 };

export interface HealthStep {
  readonly health: HealthState;
  /** What to alert: once when the page goes down, once when it comes back from down. */
  readonly event: null | 'down' | 'recovered';
  /** True when this check's content was bad by its verdict but has stayed long enough: record it, and say so. */
  readonly accepted: boolean;
}

/** Reasons that a real edit can have too: they ask for confirmation instead of ruling the content out. */
const CONFIRMABLE: ReadonlySet<HealthReason> = new Set<HealthReason>(['shrunk', 'mass-change']);

const HOUR_MS = 3_600_000;

/** The state of a page that was never found wrong. `at` is an ISO 8601 instant. */
export function healthy(at: string): HealthState {
  return { state: 'ok', reason: null, detail: null, since: at, badChecks: 0, candidate: null };
}

/**
 * Takes one check into account: ok → suspect → down → ok.
 *
 * A page that recovers from suspect alerts nobody; one that was down alerts once each way. Content that is only
 * suspiciously different (`shrunk`, `mass-change`) becomes a candidate; the same fingerprint seen `confirmAfter` times
 * in a row over at least `confirmHours` is accepted. While every bad check so far saw that one candidate, the page
 * stays suspect instead of going down: it answers, steadily, and the answer is about to be believed.
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

function nextCandidate(known: Candidate | null, reason: HealthReason, seen: Observation): Candidate | null {
  if (!CONFIRMABLE.has(reason) || seen.fingerprint === null) return null;
  if (known === null || known.fingerprint !== seen.fingerprint) {
    return { fingerprint: seen.fingerprint, seen: 1, firstSeenAt: seen.at, lastSeenAt: seen.at };
  }
  return { ...known, seen: known.seen + 1, lastSeenAt: seen.at };
}

function isConfirmed(candidate: Candidate, policy: HealthPolicy): boolean {
  const heldMs = Date.parse(candidate.lastSeenAt) - Date.parse(candidate.firstSeenAt);
  return candidate.seen >= policy.confirmAfter && heldMs >= policy.confirmHours * HOUR_MS;
}
