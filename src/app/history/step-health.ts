import type { HealthEvent, HealthRecord } from '#core/health/record.ts';
import { DEFAULT_HEALTH_POLICY, type HealthPolicy, healthy, step } from '#core/health/step.ts';
import type { Verdict } from '#core/health/types.ts';

/** What one check found of a page's health. */
export interface JudgedHealth {
  /** When the page was seen: names the check. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly fingerprint: string | null;
}

export interface HealthOutcome {
  readonly record: HealthRecord;
  /** Bad by its verdict, but seen unchanged for long enough to be believed. */
  readonly accepted: boolean;
  /** Good by its verdict, or accepted. */
  readonly believed: boolean;
  readonly event: 'down' | 'recovered' | null;
  readonly wasBad: boolean;
  /** Whether the record has to be written: a page that is well and stays well keeps the stored one. */
  readonly isNews: boolean;
}

const EVENTS_KEPT = 50;
/** Odd links that are remembered for one page. With more of them its pattern is wrong, and people know it by then. */
const ODD_LINKS_KEPT = 200;
/** Odd links alerted at once, the others with the next captures. Each is an alert. */
const ODD_LINKS_AT_ONCE = 10;

/** The health after a check: stepped once, however often the check is delivered. */
export function stepHealth(
  pageId: string,
  before: HealthRecord | null,
  judged: JudgedHealth,
  policy: HealthPolicy = DEFAULT_HEALTH_POLICY,
): HealthOutcome {
  if (before !== null && before.observedAt === judged.at) return repeated(before, judged);
  const previous = before?.state ?? healthy(judged.at);
  const { health, event, accepted } = step(previous, judged, policy);
  const believed = judged.verdict.verdict === 'ok' || accepted;
  const wasBad = previous.state !== 'ok';
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
  // The first judgement is written too: it shows that a page which was always well is well.
  const isNews = before === null || wasBad || !believed || event !== null;
  return { record, accepted, believed, event, wasBad, isNews };
}

/** Adds links of a hub page that look like members of its series and are none. Each makes one event, once. */
export function addOddLinks(
  outcome: HealthOutcome,
  before: HealthRecord | null,
  links: readonly string[],
): HealthOutcome {
  const { record } = outcome;
  // Delivered again: the stored record holds them already.
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

/** The stored record is the one that this check wrote, at an earlier delivery. */
function repeated(record: HealthRecord, judged: JudgedHealth): HealthOutcome {
  const transition = record.events.find((event) => event.at === judged.at && event.kind !== 'odd-link')?.kind;
  const isOk = judged.verdict.verdict === 'ok';
  const accepted = !isOk && record.state.state === 'ok';
  return {
    record,
    accepted,
    believed: isOk || accepted,
    event: transition === 'down' || transition === 'recovered' ? transition : null,
    wasBad: record.wasBad,
    isNews: false,
  };
}
