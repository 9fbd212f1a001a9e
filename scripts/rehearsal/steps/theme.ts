import type { Inbox } from '../inbox.ts';
import type { Rehearsal } from '../rehearsal.ts';

/** The mailboxes of an owner, one a topic. */
export interface Inboxes {
  readonly news: Inbox;
  readonly health: Inbox;
}

/** Steps about one thing. The stacks are deployed, and each theme leaves them so. */
export type Theme = (rehearsal: Rehearsal, inboxes: Inboxes) => Promise<void>;
