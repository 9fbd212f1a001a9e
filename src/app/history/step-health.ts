import { isAbsence } from '#core/health/failure.ts';
import type { HealthEvent, HealthRecord } from '#core/health/record.ts';
import { DEFAULT_HEALTH_POLICY, type HealthPolicy, healthy, step } from '#core/health/step.ts';
import type { HealthState, Verdict } from '#core/health/types.ts';
import type { PageSpec } from '#core/history/types.ts';

/** The verdict of one check. */
export interface JudgedHealth {
  /** When the page was seen; identifies the check. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly fingerprint: string | null;
  /** A member of a series that was never seen: an answer that it is absent is normal. */
  readonly awaited: boolean;
}

export interface HealthOutcome {
  readonly record: HealthRecord;
  /** Bad by its verdict, but accepted because enough checks saw it unchanged. */
  readonly confirmed: boolean;
  /** Good by its verdict, or confirmed. */
  readonly accepted: boolean;
  readonly event: 'down' | 'recovered' | null;
  readonly wasBad: boolean;
  /** Whether the record has to be written: a page that stays ok keeps the stored one. */
  readonly isNews: boolean;
}

/** Whether a page is a member of a series that was never seen. */
export function isAwaited({ series }: Pick<PageSpec, 'series'>, head: object | null): boolean {
  return series !== null && head === null;
}

const EVENTS_KEPT = 50;
/** Odd links remembered for one page. With more of them its pattern is wrong, as the alerts show by then. */
const ODD_LINKS_KEPT = 200;
/** Odd links alerted at once, the others with the next captures. Each is an alert. */
const ODD_LINKS_AT_ONCE = 10;

/** The health after a check. A repeated delivery of the check gives the same. */
export function stepHealth(
  pageId: string,
  before: HealthRecord | null,
  judged: JudgedHealth,
  policy: HealthPolicy = DEFAULT_HEALTH_POLICY,
): HealthOutcome {
  if (before !== null && before.observedAt === judged.at) return repeated(before, judged);
  const previous = before === null || turns(before.state, judged) ? healthy(judged.at) : before.state;
  const { health, event, accepted: confirmed } = step(previous, judged, policy);
  const accepted = judged.verdict.verdict === 'ok' || confirmed;
  const wasBad = before !== null && before.state.state !== 'ok';
  const { reason, detail } = event === 'recovered' ? previous : health;
  const seq = (before?.seq ?? 0) + (event === null ? 0 : 1);
  const events = [
    ...(before?.events ?? []),
    ...(event === null ? [] : [{ seq, kind: event, reason, detail, at: judged.at }]),
  ];
  const record: HealthRecord = {
    pageId,
    state: health,
    seq,
    events: events.slice(-EVENTS_KEPT),
    observedAt: judged.at,
    wasBad,
    oddLinks: before?.oddLinks ?? [],
    version: (before?.version ?? 0) + 1,
  };
  // The first verdict is written too, so that a page without any transition has a record.
  const isNews = before === null || wasBad || !accepted || event !== null;
  return { record, confirmed, accepted, event, wasBad, isNews };
}

/**
 * Whether the bad checks of an awaited page are counted from this one on: absence alerts nobody, so a refusal after it, or
 * absence after a refusal, is another state with an event of its own.
 */
function turns({ state, reason, detail }: HealthState, { awaited, verdict }: JudgedHealth): boolean {
  if (!awaited || state === 'ok' || verdict.verdict === 'ok') return false;
  return isAbsence(reason, detail) !== isAbsence(verdict.reason, verdict.detail);
}

/** Adds links of a hub page that resemble members of its series and are none. Each makes one event, once. */
export function addOddLinks(
  outcome: HealthOutcome,
  before: HealthRecord | null,
  links: readonly string[],
): HealthOutcome {
  const { record } = outcome;
  // A repeated delivery: the stored record has them already.
  if (before !== null && before.observedAt === record.observedAt) return outcome;
  const room = Math.max(0, Math.min(ODD_LINKS_AT_ONCE, ODD_LINKS_KEPT - record.oddLinks.length));
  const fresh = links.filter((link) => !record.oddLinks.includes(link)).slice(0, room);
  if (fresh.length === 0) return outcome;
  const added = fresh.map(
    (detail, index): HealthEvent => ({
      seq: record.seq + index + 1,
      kind: 'odd-link',
      reason: null,
      detail,
      at: record.observedAt,
    }),
  );
  return {
    ...outcome,
    isNews: true,
    record: {
      ...record,
      seq: record.seq + added.length,
      events: [...record.events, ...added].slice(-EVENTS_KEPT),
      oddLinks: [...record.oddLinks, ...fresh],
    },
  };
}

/** The outcome of a repeated delivery: this check wrote the stored record before. */
function repeated(record: HealthRecord, judged: JudgedHealth): HealthOutcome {
  const transition = record.events.find((event) => event.at === judged.at && event.kind !== 'odd-link')?.kind;
  const isOk = judged.verdict.verdict === 'ok';
  const confirmed = !isOk && record.state.state === 'ok';
  return {
    record,
    confirmed,
    accepted: isOk || confirmed,
    event: transition === 'down' || transition === 'recovered' ? transition : null,
    wasBad: record.wasBad,
    isNews: false,
  };
}
