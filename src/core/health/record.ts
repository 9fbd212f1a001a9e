import type { HealthState } from './types.ts';

/** A turn of a page's health that people are told about. */
export interface HealthEvent {
  readonly seq: number;
  /** `odd-link`: a hub page links to something that only looks like a member of its series; `detail` is the address. */
  readonly kind: 'down' | 'recovered' | 'odd-link';
  readonly reason: string | null;
  readonly detail: string | null;
  readonly at: string;
}

/** A page's health as it is stored: the state, and the last turns that were or will be told. */
export interface HealthRecord {
  readonly pageId: string;
  readonly state: HealthState;
  /** Number of the newest event; 0 when there was none. */
  readonly seq: number;
  /** The newest events, oldest first, at most 50. */
  readonly events: readonly HealthEvent[];
  /** The observation that wrote this record, and whether the page was not well before it. */
  readonly observedAt: string;
  readonly wasBad: boolean;
  /** Odd links that people were told of: each is told once. */
  readonly oddLinks: readonly string[];
  readonly version: number;
}
