import type { HealthEvent, HealthRecord } from '#core/health/record.ts';
import { type HealthPolicy, healthy, step } from '#core/health/step.ts';
import type { Verdict } from '#core/health/types.ts';

/** What a check says of a page's health. */
export interface JudgedHealth {
  /** When the page was seen: names the check. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly fingerprint: string | null;
  /** Links of a hub page that look like members of its series and are none. */
  readonly oddLinks?: readonly string[];
}

export interface HealthOutcome {
  readonly record: HealthRecord;
  /** Bad by its verdict, but seen unchanged for long enough to be believed. */
  readonly accepted: boolean;
  readonly event: 'down' | 'recovered' | null;
  readonly wasBad: boolean;
}

const EVENTS_KEPT = 50;
/** Odd links that are remembered, and told, for one page: beyond them its pattern is wrong, which is told by then. */
const ODD_LINKS_KEPT = 200;
/** Odd links told at once; the others with the next captures. Each is an alert. */
const ODD_LINKS_AT_ONCE = 10;

/** The health after a check: stepped once, however often the check is delivered. */
export function judgeHealth(
  pageId: string,
  before: HealthRecord | null,
  judged: JudgedHealth,
  policy: HealthPolicy,
): HealthOutcome {
  if (before !== null && before.observedAt === judged.at) return repeated(before, judged);
  const known = before?.state ?? healthy(judged.at);
  const { health, event, accepted } = step(known, judged, policy);
  const told = event === 'recovered' ? known : health;
  const oddLinks = before?.oddLinks ?? [];
  const room = Math.min(ODD_LINKS_AT_ONCE, ODD_LINKS_KEPT - oddLinks.length);
  const fresh = (judged.oddLinks ?? []).filter((link) => !oddLinks.includes(link)).slice(0, Math.max(0, room));
  let seq = before?.seq ?? 0;
  const turn = (kind: HealthEvent['kind'], reason: string | null, detail: string | null): HealthEvent => {
    seq += 1;
    return { seq, kind, reason, detail, at: judged.at };
  };
  const events = [
    ...(before?.events ?? []),
    ...(event === null ? [] : [turn(event, told.reason, told.detail)]),
    ...fresh.map((link) => turn('odd-link', null, link)),
  ];
  const wasBad = known.state !== 'ok';
  return {
    record: {
      pageId,
      state: health,
      seq,
      events: events.slice(-EVENTS_KEPT),
      observedAt: judged.at,
      wasBad,
      oddLinks: [...oddLinks, ...fresh],
      version: (before?.version ?? 0) + 1,
    },
    accepted,
    event,
    wasBad,
  };
}

/** The stored record is the one that this check wrote, at an earlier delivery. */
function repeated(record: HealthRecord, judged: JudgedHealth): HealthOutcome {
  const turn = record.events.find((event) => event.at === judged.at && event.kind !== 'odd-link')?.kind;
  return {
    record,
    accepted: judged.verdict.verdict === 'bad' && record.state.state === 'ok',
    event: turn === 'down' || turn === 'recovered' ? turn : null,
    wasBad: record.wasBad,
  };
}
