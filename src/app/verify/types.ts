import type { HistoryStore, ObjectStore } from '../ports.ts';

export interface VerifyDeps {
  readonly history: Pick<
    HistoryStore,
    'head' | 'health' | 'check' | 'cursor' | 'alert' | 'checks' | 'audit' | 'changesOf'
  >;
  readonly objects: ObjectStore;
  /** Version of the parser that verifies: revisions of another one cannot be compared again. */
  readonly parser: string;
  /** Whether bodies that nothing was made of may have expired. Without that a missing one is a finding. */
  readonly expires: boolean;
}

/** One thing that is wrong, and where. */
export interface Finding {
  readonly pageId: string | null;
  readonly where: string;
  readonly problem: string;
}

/** What was looked at. */
export interface Tally {
  pages: number;
  revisions: number;
  captures: number;
  items: number;
  objects: number;
  /** Sound things that no head names: of attempts that crashed, or of a history that was replaced. */
  leftovers: number;
  /** Captures that are stored and not judged yet: an import that was ended early, a fetch whose capture is still to be read. */
  waiting: number;
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
