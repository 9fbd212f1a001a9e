import type { DatedBlock } from '../dates/types.ts';

/** A tracked block with the identity that survives edits, moves, splits and merges. Ids are unique within a revision. */
export interface Paragraph extends DatedBlock {
  readonly id: string;
  /** Its list number as the page writes it now, where the list grew or shrank since `text` was read; absent elsewhere. */
  readonly marker?: string;
}

export const CHANGE_KINDS = [
  'added',
  'edited',
  'redated',
  'moved',
  'split',
  'merged',
  'removed',
  'restored',
  'reordered',
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Where a paragraph stands in one revision: `at` is its 0-based index in that revision's paragraph list. */
export interface ParagraphRef {
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

/** One run of a word-level difference; concatenating `same` and `removed` gives the old text, `same` and `added` the new. */
export interface WordRun {
  readonly op: 'same' | 'removed' | 'added';
  readonly text: string;
}

export type Substance = 'cosmetic' | 'wording' | 'facts';

/**
 * One typed difference between two revisions. `before` is empty for added and restored, `after` for removed;
 * a split has several in `after`, a merge several in `before`; `reordered` has the old order and the new.
 * Taking every `before` out of the old list by position, putting every `after` at its position and letting
 * what is left keep its order gives the new list.
 */
export interface Change {
  readonly kind: ChangeKind;
  readonly before: readonly ParagraphRef[];
  readonly after: readonly ParagraphRef[];
  /** Event date of the paragraph as it now stands (as it stood, for removed). */
  readonly date: string | null;
  readonly dateBefore?: string | null;
  readonly substance?: Substance;
  readonly words?: readonly WordRun[];
  readonly late?: boolean;
  readonly moved?: boolean;
  readonly edited?: boolean;
  readonly redated?: boolean;
}

/** What diffing needs to know of the page's past beyond the revision before. */
export interface DiffMemory {
  /** Paragraphs that stood in an earlier revision and do not stand in the last one, newest removal first. */
  readonly gone: readonly Paragraph[];
  /** Newest event date known before this revision, or null. */
  readonly newestDate: string | null;
}

export interface DiffResult {
  /** The new revision's paragraphs, with identities. */
  readonly paragraphs: readonly Paragraph[];
  /** In the order of the page: by `after` position, removals where they stood. */
  readonly changes: readonly Change[];
}

/** Which paragraph before each paragraph after comes from, both ways; -1 where none. */
export interface Matching {
  /** For each paragraph after, its index before. */
  readonly source: Int32Array;
  /** For each paragraph before, its index after. */
  readonly target: Int32Array;
}

/** A paragraph that became several; indices into the two lists. */
export interface Split {
  readonly before: number;
  readonly after: readonly number[];
  /** The piece that keeps the identity: the one that holds the greatest part. */
  readonly principal: number;
}

/** Several paragraphs that became one. */
export interface Merge {
  readonly before: readonly number[];
  readonly after: number;
  readonly principal: number;
}
