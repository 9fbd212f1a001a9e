/** Why a check could not be believed. Stable strings: they are stored, shown, alerted on and matched by users' rules. */
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

/** What one check says of the page: it can be believed, or why not. `detail` is one line for people. */
export type Verdict =
  | { readonly verdict: 'ok' }
  | { readonly verdict: 'bad'; readonly reason: HealthReason; readonly detail: string };

/** Content that looks wrong but may be a real mass change: accepted once it has stayed the same long enough. */
export interface Candidate {
  readonly fingerprint: string;
  /** Consecutive checks that saw this very content. */
  readonly seen: number;
  /** ISO 8601 instants, UTC. */
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

/** Whether a page can be believed right now; stored on the page's head. */
export interface HealthState {
  readonly state: 'ok' | 'suspect' | 'down';
  /** The reason of the newest bad check; null when ok. */
  readonly reason: HealthReason | null;
  readonly detail: string | null;
  /** ISO 8601 instant, UTC, at which `state` began. */
  readonly since: string;
  /** Consecutive bad checks up to now; 0 when ok. */
  readonly badChecks: number;
  readonly candidate: Candidate | null;
}
