import type { HealthPolicy } from '#core/health/step.ts';
import type { HealthReason } from '#core/health/types.ts';
import type { ChangeRecord, RevisionRecord } from '#core/history/types.ts';
import type { Bounds } from '#core/schedule/interval.ts';
import type { Hubs } from '../plan/discover.ts';
import type { HistoryStore, Log, ObjectStore } from '../ports.ts';

export interface IngestDeps {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly log: Log;
  readonly bounds: Bounds;
  readonly policy: HealthPolicy;
  readonly parser: string;
  /** Leaves what is seen of a page that is not watched under its address: no message makes a page. Default false. */
  readonly watchedOnly?: boolean;
  /** Of the configuration; added series are read from the store. */
  readonly hubs: Hubs;
}

/** Whether the check brought the page itself: what it answered was accepted. */
export function isBelieved({ outcome }: Pick<IngestResult, 'outcome'>): boolean {
  return outcome !== 'quarantined' && outcome !== 'failed';
}

/** The result of one capture or check. */
export interface IngestResult {
  readonly pageId: string;
  readonly captureId: string | null;
  readonly observedAt: string;
  readonly outcome: 'first' | 'unchanged' | 'revision' | 'quarantined' | 'recovered' | 'failed';
  readonly reason: HealthReason | null;
  readonly detail: string | null;
  readonly revision: RevisionRecord | null;
  readonly changes: readonly ChangeRecord[];
  /** The transition of health that this capture or check made, if it alerts people. */
  readonly event: 'down' | 'recovered' | null;
}
