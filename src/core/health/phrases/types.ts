import type { HealthReason } from '../types.ts';

/** What pages of one kind say of themselves, whoever made them. */
export interface Phrases {
  readonly reason: HealthReason;
  /** A title's or heading's part that says it all, whole. */
  readonly heads: readonly string[];
  /** What the body says beside it. */
  readonly bodies: readonly string[];
  /** Sentences, or parts of one, that need no heading on a tiny page. */
  readonly sentences: readonly string[];
}
