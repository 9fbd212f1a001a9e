import type { HealthState } from './types.ts';

/** A change of a page's health that people are notified of. */
export interface HealthEvent {
  readonly seq: number;
  /** `odd-link`: a hub page links to something that only looks like a member of its series; `detail` is the address. */
  readonly kind: 'down' | 'recovered' | 'odd-link';
  readonly reason: string | null;
  readonly detail: string | null;
  readonly at: string;
}

/** A page's stored health: its state and its last events, sent or not. */
export interface HealthRecord {
  readonly pageId: string;
  readonly state: HealthState;
  /** Number of the newest event; 0 when there is none. */
  readonly seq: number;
  /** The newest events, oldest first, at most 50. */
  readonly events: readonly HealthEvent[];
  /** When the check that wrote this record was made, and whether the page was suspect or down before it. */
  readonly observedAt: string;
  readonly wasBad: boolean;
  /** Odd links that people were notified of; each is sent once. */
  readonly oddLinks: readonly string[];
  readonly version: number;
}
