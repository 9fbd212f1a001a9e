import type { AlertRecord } from '#core/alerts/record.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import {
  type Chunk,
  type ChunkAddress,
  chunkName,
  chunksToLoad,
  isSound,
  lookUp,
  shortId,
} from '#core/history/lineage.ts';
import type {
  ChangeRecord,
  Head,
  ParagraphState,
  PastText,
  RevisionPlace,
  RevisionRecord,
  TextMark,
  TimelineEntry,
} from '#core/history/types.ts';
import type { Unwatched } from '../notify/suppress.ts';
import type { StoredRecord } from '../ports.ts';

/** An item of a revision: its sum shows whether it is correct, the rest whether it is visible. */
export interface Held {
  readonly sum: string;
  readonly revision: number;
  readonly revisionId: string;
}

/** An item of a revision. */
export type Owned = ChangeRecord | ParagraphState | TimelineEntry | PastText | TextMark | RevisionPlace;

/** What the audit found of one page. Holds only sums of changes and timeline entries. */
export class PageItems {
  head: Head | null = null;
  readonly revisions = new Map<string, RevisionRecord>();
  readonly held = new Map<string, Held>();
  /** Entries of the chunks of lineages, and those of them that no verified head has named so far. */
  readonly #chunks = new Map<string, string>();
  readonly #unnamed = new Set<string>();
  readonly quarantined: QuarantineRecord[] = [];
  /** By key: whether the notifier wrote a record, after a head, or only an import or rebuild, before one. */
  readonly alerts = new Map<string, 'notified' | 'unwatched'>();
  /** The channels that have a record of their own. */
  readonly channels = new Set<string>();

  take(record: StoredRecord): void {
    switch (record.kind) {
      case 'head':
        this.head = record.value;
        break;
      case 'check':
      case 'health':
      case 'cursor':
      case 'bulletin':
        // `anchorsOf` read them before the audit began.
        break;
      case 'looks':
        // `verifyLooks` reads them a page at a time.
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
      case 'state':
        this.held.set(stateName(record.value), heldOf(record.value));
        break;
      case 'past':
        this.held.set(pastName(record.value), heldOf(record.value));
        break;
      case 'mark':
        this.held.set(markName(record.value), heldOf(record.value));
        break;
      case 'place':
        this.held.set(placeName(record.value), heldOf(record.value));
        break;
      case 'chunk':
        if (!isSound(record.value)) break;
        this.#chunks.set(chunkName(record.value), record.value.entries);
        this.#unnamed.add(chunkName(record.value));
        break;
      case 'quarantine':
        this.quarantined.push(record.value);
        break;
      case 'alert':
        if (!isUnwatched(record.value)) this.alerts.set(record.value.key, 'notified');
        else if (!this.alerts.has(record.value.key)) this.alerts.set(record.value.key, 'unwatched');
        if (record.value.channel !== null) this.channels.add(record.value.channel);
        break;
    }
  }

  /** Ids of the captures that the head's revisions were made of. */
  capturesOf(head: Head): string[] {
    const made = [...this.revisions.values()].filter(({ number, id }) =>
      this.isPartOf(head, { revision: number, revisionId: id }),
    );
    return made.map(({ captureId }) => captureId);
  }

  /** The short id of a revision; null where the head has none of that number, or a chunk is missing. */
  shortIdOf(head: Head, number: number): string | null {
    const found = lookUp(head, number, this.#chunks);
    return typeof found === 'string' ? found : null;
  }

  isPartOf(head: Head, item: Pick<Held, 'revision' | 'revisionId'>): boolean {
    return this.shortIdOf(head, item.revision) === shortId(item.revisionId);
  }

  /** A chunk of the head's lineage that is not stored, null where all are. */
  missingChunk(head: Head): ChunkAddress | null {
    const numbers = Array.from({ length: head.revision }, (_, at) => at + 1);
    return chunksToLoad(head, numbers, this.#chunks)[0] ?? null;
  }

  /** Removes the past texts of a revision whose changes are not known: nothing says which it must have. */
  dropPast({ number, id }: RevisionRecord): void {
    const mark = ` ${number} ${shortId(id)} `;
    for (const name of this.held.keys())
      if (name.startsWith('past text ') && name.includes(mark)) this.held.delete(name);
  }

  /** Removes a chunk that must exist from the leftovers. Returns what is wrong with it, or null. */
  expectChunk(chunk: Chunk): string | null {
    this.#unnamed.delete(chunkName(chunk));
    return this.#chunks.get(chunkName(chunk)) === chunk.entries ? null : 'it is missing';
  }

  get leftoverChunks(): number {
    return this.#unnamed.size;
  }

  /** Removes an item that must exist. Returns what is wrong with it, or null. */
  expect(name: string, value: Owned): string | null {
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

export const stateName = ({ paragraphId, revision, revisionId }: ParagraphState) =>
  `state of paragraph ${paragraphId} ${revision} ${shortId(revisionId)}`;
export const pastName = ({ key, revision, revisionId, seq }: PastText) =>
  `past text ${key} ${revision} ${shortId(revisionId)} ${seq}`;
export const markName = ({ fingerprint, revision, revisionId }: TextMark) =>
  `text mark ${fingerprint} ${revision} ${shortId(revisionId)}`;
export const placeName = ({ revision, revisionId }: RevisionPlace) => `place of ${revision} ${revisionId}`;

const UNWATCHED: ReadonlySet<string> = new Set<Unwatched>(['imported', 'rebuilt', 'restored']);

/** Whether an import, a rebuild or a restore may have written the record: a first revision has no changes, and so no reason. */
function isUnwatched({ sent, suppressed }: AlertRecord): boolean {
  return !sent && suppressed.every(({ reason }) => UNWATCHED.has(reason));
}

const sumOf = (value: object) => sha256(canonicalJson(value)).slice(0, 24);
const heldOf = (value: Owned): Held => ({
  sum: sumOf(value),
  revision: value.revision,
  revisionId: value.revisionId,
});
