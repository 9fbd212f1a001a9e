/** Why a check was not accepted. Stable strings: they are stored, shown, notified and matched by users' rules. */
export const HEALTH_REASONS = [
  'unreachable',
  'robots',
  'refused',
  'http-status',
  'redirected',
  'content-type',
  'empty',
  'undecodable',
  'truncated',
  'too-large',
  'block-page',
  'captcha',
  'maintenance',
  'soft-404',
  'no-article',
  'shrunk',
  'mass-change',
] as const;

export type HealthReason = (typeof HEALTH_REASONS)[number];

/** Whether one check is accepted, or why not. `detail` is one line for people. */
export type Verdict =
  | { readonly verdict: 'ok' }
  | { readonly verdict: 'bad'; readonly reason: HealthReason; readonly detail: string };

/** Content that looks wrong but may be a real mass change: it is accepted once enough checks saw it unchanged. */
export interface Candidate {
  readonly fingerprint: string;
  /** Consecutive checks that saw this content. */
  readonly seen: number;
  /** ISO 8601 instants, UTC. */
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

/** Whether a page's answers are accepted now. */
export interface HealthState {
  readonly state: 'ok' | 'suspect' | 'down';
  /** The reason of the newest bad check; null when ok. */
  readonly reason: HealthReason | null;
  readonly detail: string | null;
  /** ISO 8601 instant, UTC, since when the page is in this state. */
  readonly since: string;
  /** Consecutive bad checks up to now; 0 when ok. */
  readonly badChecks: number;
  readonly candidate: Candidate | null;
}
