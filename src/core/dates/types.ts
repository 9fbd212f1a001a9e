import type { Block } from '../page/types.ts';

export type Granularity = 'day' | 'month' | 'year' | 'week' | 'range';

/** What a mention does in its sentence. */
export type MentionRole =
  | 'event'
  | 'scheduled'
  | 'background'
  | 'historical'
  | 'attribute'
  | 'deadline'
  | 'context'
  | 'none';

/** The rule that led from the characters to the value. */
export type MentionBasis =
  | 'explicit'
  | 'inferred-year'
  | 'corrected-year'
  | 'corrected-month'
  | 'weekday'
  | 'relative'
  | 'none';

/** The rule that gave a paragraph its event date. */
export type DateBasis = MentionBasis | 'heading' | 'inherited';

/**
 * A temporal expression in a block. Offsets are UTF-16 positions in the block's text: `text === block.text.slice(start,
 * end)`.
 */
export interface Mention {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly granularity: Granularity;
  /** What is written, ISO 8601, with `XXXX` where no year is. */
  readonly literal: string;
  /** What is meant, ISO 8601; null where it is unknown (an impossible day, no context). */
  readonly value: string | null;
  readonly role: MentionRole;
  readonly basis: MentionBasis;
  /** Two readings are possible and the value is the likelier one ("03/04/2023"). */
  readonly ambiguous?: boolean;
}

/** What the dates of a page are read with. */
export interface DateContext {
  readonly title: string | null;
  readonly url: string | null;
  /** ISO 8601 instant at which the page was seen. */
  readonly observedAt: string;
}

/**
 * A block with its mentions and its event date (`YYYY-MM-DD`, or `YYYY-MM` for a month heading; null where unknown).
 */
export interface DatedBlock extends Block {
  readonly date: string | null;
  readonly dateBasis: DateBasis;
  readonly mentions: readonly Mention[];
}

/** The whole page, dated. */
export interface DatedPage {
  /** The page's own period, ISO 8601 (`2022-01`, `2022`), or null. */
  readonly period: string | null;
  readonly blocks: readonly DatedBlock[];
}
