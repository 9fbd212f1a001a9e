import type { HistoryStore, ObjectStore } from '../ports.ts';

export interface VerifyDeps {
  readonly history: Pick<
    HistoryStore,
    'head' | 'health' | 'check' | 'cursors' | 'alert' | 'checks' | 'looks' | 'bulletin' | 'audit' | 'changesOf'
  >;
  readonly objects: ObjectStore;
  /** Version of this parser: revisions of another one cannot be made again. */
  readonly parser: string;
  /** Whether bodies without a revision may have expired. If not, a missing one is a finding. */
  readonly expires: boolean;
}

/** One fault, and where it is. */
export interface Finding {
  readonly pageId: string | null;
  readonly where: string;
  readonly problem: string;
}

/** Counts of what was checked. */
export interface Tally {
  pages: number;
  revisions: number;
  captures: number;
  items: number;
  objects: number;
  /** Sound items and objects that no head names: from crashed attempts, or from a replaced history. */
  leftovers: number;
  /** Captures that are stored and not judged yet: by an interrupted import, or a fetch before its ingest. */
  waiting: number;
  /** Captures that name the same one before them as another: of an import, or of checks that overlapped. */
  forks: number;
  /** Captures whose bodies expired. */
  expired: number;
  findings: number;
}

export type VerifyEvent =
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'progress'; readonly what: string; readonly done: number; readonly of: number | null }
  | { readonly type: 'done'; readonly tally: Readonly<Tally> };

export const finding = (pageId: string | null, where: string, problem: string): VerifyEvent => ({
  type: 'finding',
  finding: { pageId, where, problem },
});

/** Items, captures or objects between two events of progress. */
export const PROGRESS_EVERY = 500;
