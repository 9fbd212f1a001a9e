import type { Capture, Head } from '#core/history/types.ts';
import type { RecallInMemory } from '../history/recall.ts';
import type { LoadedRevision } from '../history/revision-store.ts';
import type { PageItems } from './items.ts';
import type { ObjectChecks } from './objects.ts';
import type { ShownHeads } from './summary.ts';
import type { Tally, VerifyDeps } from './types.ts';
import type { Unaccounted } from './unaccounted.ts';

/** One page's verification while its chain is walked. */
export interface Walk {
  readonly deps: VerifyDeps;
  readonly checks: ObjectChecks;
  readonly items: PageItems;
  readonly head: Head;
  /** The page's captures, null where a record is damaged. */
  readonly captures: ReadonlyMap<string, Capture | null>;
  readonly tally: Tally;
  /** The captures without a revision and without a quarantine item. */
  readonly unaccounted: Unaccounted;
  /** The last revision that a channel's cursor has passed. */
  readonly notified: number;
  /** What left the page with the verified revisions. */
  readonly recall: RecallInMemory;
  /** Whether the check counts a capture as judged. */
  readonly isJudged: (captureId: string) => boolean;
  /** The heads that the check may show after the verified revisions. */
  shown: ShownHeads;
  /** Set where a judged capture may belong to a history that is not published yet: an import ended before its flip. */
  unpublished: boolean;
  /** Set where the chain is broken: later items may or may not belong to it. */
  broken: boolean;
}

/** A verified revision, null before the first. */
export type Before = LoadedRevision | null;
