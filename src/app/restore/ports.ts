/**
 * When an item of a table may be written or go. `content` is invisible until a `flip` names it; a `check` counts captures as
 * judged, so it follows what they made; the `format` opens the store to readers.
 */
export type Rank = 'content' | 'flip' | 'check' | 'format';

/** What an item says of alerts: that one was sent or held back, or how far a channel has come with a page. */
export type AlertItem =
  | { readonly kind: 'alert'; readonly pageId: string; readonly channel: string | null; readonly key: string }
  | { readonly kind: 'cursor'; readonly pageId: string; readonly channel: string | null };

/** An item as it is stored. It is copied whole and never decoded. */
export interface RawItem {
  /** Its place, for messages: `PAGE#putin-2022-01 HEAD`. Two tables have the same item at the same place. */
  readonly where: string;
  readonly rank: Rank;
  readonly alertItem: AlertItem | null;
  /** What is wrong with its stored form, or null. */
  readonly fault: string | null;
}

/** A whole table as items. What it gives may be handed to another one. */
export interface RawItems<T extends RawItem = RawItem> {
  readonly name: string;
  /** Every item once, in no order. */
  scan(): AsyncIterable<T>;
  /** The items at the same places, by place; those that exist. */
  find(items: readonly T[]): Promise<Map<string, T>>;
  isSame(one: T, other: T): boolean;
  /** Writes items as they are, in place of what is there. */
  put(items: readonly T[]): Promise<void>;
  remove(items: readonly T[]): Promise<void>;
}

/** What a table looks like from outside. */
export interface TableShape {
  readonly arn: string;
  /** DynamoDB's own word: `CREATING`, `ACTIVE`, … */
  readonly status: string;
  /** Names of the key attributes: partition, sort. */
  readonly keys: readonly string[];
}
