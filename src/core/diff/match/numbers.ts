import type { DatedBlock } from '../../dates/types.ts';
import { comparisonKey } from '../../page/index.ts';
import { type Item, itemOf, type Listed, listsOf } from './lists.ts';

/** A paragraph's text with the list number that the page shows now. */
export function shownText({ text, marker }: { readonly text: string; readonly marker?: string }): string {
  const item = marker === undefined ? null : itemOf(text);
  return item === null ? text : `${marker}${item.rest}`;
}

/** The list items of one side and the lists that they form, read on demand: most visits find every paragraph unchanged. */
export class Numbers {
  readonly blocks: readonly (DatedBlock & { readonly marker?: string })[];
  #items: readonly (Item | null)[] | undefined;
  #places: readonly (Listed | null)[] | undefined;

  constructor(blocks: readonly (DatedBlock & { readonly marker?: string })[]) {
    this.blocks = blocks;
  }

  get items(): readonly (Item | null)[] {
    this.#items ??= this.blocks.map((block) => (listItem(block) === null ? null : itemOf(shownText(block))));
    return this.#items;
  }

  get places(): readonly (Listed | null)[] {
    this.#places ??= listsOf(this.items);
    return this.#places;
  }

  restKey(at: number): string | null {
    const item = this.items[at];
    return item === undefined || item === null ? null : restKey(item);
  }

  /** Keys without list numbers; other paragraphs get a key that equals none of the other side. */
  keys(side: string): string[] {
    return this.items.map((_, at) => this.restKey(at) ?? `${side} ${at}`);
  }
}

function restKey({ rest }: Item): string {
  return `item ${comparisonKey(rest)}`;
}

/** A block as a list item; null where it has no number, or one that is part of a date ("12. January"). */
function listItem({ text, mentions }: DatedBlock): Item | null {
  const item = itemOf(text);
  return item === null || mentions.some(({ start }) => start < item.marker.length) ? null : item;
}

/** A text's key without its list number; null where it has none. */
export function keyOfRest(block: DatedBlock): string | null {
  const item = listItem(block);
  return item === null ? null : restKey(item);
}

/** A block without its list number; the positions of its mentions are adjusted. */
export function withoutNumber<T extends Pick<DatedBlock, 'text' | 'mentions'>>(block: T): T {
  const item = itemOf(block.text);
  if (item === null) return block;
  const by = item.marker.length;
  const mentions = block.mentions.map((mention) => ({
    ...mention,
    start: mention.start - by,
    end: mention.end - by,
  }));
  return { ...block, text: item.rest, mentions };
}
