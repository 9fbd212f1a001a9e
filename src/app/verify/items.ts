import type { AlertRecord } from '#core/alerts/record.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import { isVisible, shortId } from '#core/history/lineage.ts';
import type { ChangeRecord, Head, RevisionRecord, TimelineEntry } from '#core/history/types.ts';
import type { StoredRecord } from '../ports.ts';

/** An item of a revision: its sum shows whether it is correct, the rest whether it is visible. */
export interface Held {
  readonly sum: string;
  readonly revision: number;
  readonly revisionId: string;
}

/** What the audit found of one page. Holds only sums of changes and timeline entries. */
export class PageItems {
  head: Head | null = null;
  readonly revisions = new Map<string, RevisionRecord>();
  readonly held = new Map<string, Held>();
  readonly quarantined: QuarantineRecord[] = [];
  /** By key: whether the notifier wrote the record, after a head, or an import or rebuild, before one. */
  readonly alerts = new Map<string, 'notified' | 'unwatched'>();

  take(record: StoredRecord): void {
    switch (record.kind) {
      case 'head':
        this.head = record.value;
        break;
      case 'check':
      case 'health':
      case 'cursor':
        // `anchorsOf` read them before the audit began.
        break;
      case 'revision':
        this.revisions.set(revisionName(record.value.number, record.value.id), record.value);
        break;
      case 'change':
        this.held.set(changeName(record.value), heldOf(record.value));
        break;
      case 'entry':
        this.held.set(entryName(record.value), heldOf(record.value));
        break;
      case 'quarantine':
        this.quarantined.push(record.value);
        break;
      case 'alert':
        this.alerts.set(record.value.key, isUnwatched(record.value) ? 'unwatched' : 'notified');
        break;
    }
  }

  /** Ids of the captures that the head's revisions were made of. */
  capturesOf(head: Head): string[] {
    const made = [...this.revisions.values()].filter(({ number, id }) =>
      isVisible(head, { revision: number, revisionId: id }),
    );
    return made.map(({ captureId }) => captureId);
  }

  /** Removes an item that must exist. Returns what is wrong with it, or null. */
  expect(name: string, value: ChangeRecord | TimelineEntry): string | null {
    const item = this.held.get(name);
    this.held.delete(name);
    if (item === undefined) return 'it is missing';
    return item.sum === sumOf(value) ? null : 'it does not follow from the documents';
  }
}

export const revisionName = (number: number, id: string) => `revision ${number} ${shortId(id)}`;
export const changeName = (change: Pick<ChangeRecord, 'revision' | 'revisionId' | 'seq'>) =>
  `change ${change.revision} ${shortId(change.revisionId)} ${change.seq}`;
export const entryName = (entry: TimelineEntry) =>
  `timeline ${entry.date ?? 'undated'} ${entry.paragraphId} ${entry.revision} ${shortId(entry.revisionId)} ${entry.present ? 'present' : 'removed'}`;

/** Whether an import or rebuild may have written the record: a first revision has no changes, and so no reason. */
function isUnwatched({ sent, suppressed }: AlertRecord): boolean {
  return !sent && suppressed.every(({ reason }) => reason === 'imported' || reason === 'rebuilt');
}

const sumOf = (value: object) => sha256(canonicalJson(value)).slice(0, 24);
const heldOf = (value: ChangeRecord | TimelineEntry): Held => ({
  sum: sumOf(value),
  revision: value.revision,
  revisionId: value.revisionId,
});
