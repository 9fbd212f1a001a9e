import type { DatedBlock } from '../dates/types.ts';

/** A tracked block with the identity that survives edits, moves, splits and merges. Ids are unique within a revision. */
export interface Paragraph extends DatedBlock {
  readonly id: string;
  /** The list number on the page now, if the list grew or shrank after `text` was read; absent otherwise. */
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

/** A paragraph's place in one revision: `at` is its 0-based index in that revision's paragraph list. */
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
 * Removing every `before` from the old list by position and inserting every `after` at its position gives the
 * new list; the other paragraphs keep their order.
 */
export interface Change {
  readonly kind: ChangeKind;
  readonly before: readonly ParagraphRef[];
  readonly after: readonly ParagraphRef[];
  /** Event date of the paragraph in the new revision; in the old one for removed. */
  readonly date: string | null;
  readonly dateBefore?: string | null;
  readonly substance?: Substance;
  readonly words?: readonly WordRun[];
  readonly late?: boolean;
  readonly moved?: boolean;
  readonly edited?: boolean;
  readonly redated?: boolean;
}

/** What a comparison needs of the page's history beyond the last revision. */
export interface DiffMemory {
  /** Paragraphs of earlier revisions whose texts the last revision does not have, newest removal first. */
  readonly removed: readonly Paragraph[];
  /** Newest event date of all revisions so far, or null. */
  readonly newestDate: string | null;
  /** Texts that left the page more often than was looked at: new ids of theirs are made of the occasion as well. */
  readonly crowded?: {
    readonly has: (comparisonKey: string) => boolean;
    /** Names the comparison within the page's history. */
    readonly occasion: string;
  };
}

export interface DiffResult {
  /** The new revision's paragraphs, with identities. */
  readonly paragraphs: readonly Paragraph[];
  /** In page order: by `after` position, removals after the paragraph that was above them. */
  readonly changes: readonly Change[];
}

/** The pairs of paragraphs before and after that are the same paragraph; -1 where there is none. */
export interface Matching {
  /** For each paragraph after, its index before. */
  readonly source: Int32Array;
  /** For each paragraph before, its index after. */
  readonly target: Int32Array;
}

/** One paragraph that became several; indices into the two lists. */
export interface Split {
  readonly before: number;
  readonly after: readonly number[];
  /** The largest piece; it keeps the identity. */
  readonly principal: number;
}

/** Several paragraphs that became one. */
export interface Merge {
  readonly before: readonly number[];
  readonly after: number;
  readonly principal: number;
}
