import type { SurveyedPage } from '#app/doctor/survey.ts';

export const NOW = Date.parse('2026-11-26T12:00:00Z');
export const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

/** A page that is well, with what a test wants otherwise. */
export function page(id: string, rest: Partial<SurveyedPage> = {}): SurveyedPage {
  return {
    id,
    url: `https://chronicle.example/${id}.htm`,
    isWatched: true,
    isMember: false,
    source: 'config',
    revisions: 1,
    lastChangedAt: minutesAgo(300),
    state: 'ok',
    reason: null,
    since: minutesAgo(900),
    status: null,
    isUnpublished: false,
    lastCheckedAt: minutesAgo(20),
    isOverdue: false,
    lastBelievedAt: minutesAgo(20),
    ...rest,
  };
}
