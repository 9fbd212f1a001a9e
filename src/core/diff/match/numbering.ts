import type { DatedBlock } from '../../dates/types.ts';
import { comparisonKey } from '../../page/index.ts';
import { hasEvidence } from '../dating.ts';
import { intern } from '../sequence.ts';
import type { Matching, Paragraph } from '../types.ts';
import { link, matchExact } from './exact.ts';
import type { Side } from './key.ts';
import { type Item, itemOf, type Listed, listsOf, sameCount } from './lists.ts';

/** What a paragraph says on the page now: its words, under the list number that the page gives it. */
export function shownText({ text, marker }: { readonly text: string; readonly marker?: string }): string {
  const item = marker === undefined ? null : itemOf(text);
  return item === null ? text : `${marker}${item.rest}`;
}

/**
 * The list numbers on both sides of a comparison. An item's number is no part of what it says where it follows from its
 * place: where all that it changed by was put in or taken out of its own list.
 */
export class Numbering {
  readonly #before: Numbers;
  readonly #after: Numbers;
  readonly #matching: Matching;
  #explained: Uint8Array | undefined;

  /** @param matching as it grows; {@link match} adds to it, {@link follows} reads it when it is finished. */
  constructor(before: Side<Paragraph>, after: Side, matching: Matching) {
    this.#before = new Numbers(before.blocks);
    this.#after = new Numbers(after.blocks);
    this.#matching = matching;
  }

  /**
   * Matches items that say the same but for their numbers.
   * @returns the paragraphs after whose number alone changed, with their place.
   */
  match(): Set<number> {
    const renumbered = new Set<number>();
    const matching = this.#matching;
    if (!matching.source.includes(-1) || !matching.target.includes(-1)) return renumbered;
    const trial = { source: matching.source.slice(), target: matching.target.slice() };
    const numbers = new Map<string, number>();
    matchExact(intern(this.#before.keys('before'), numbers), intern(this.#after.keys('after'), numbers), trial);
    const explained = this.#shifts(trial);
    for (let j = 0; j < trial.source.length; j++) {
      const i = trial.source[j] ?? -1;
      if (i < 0 || i === matching.source[j]) continue;
      const was = this.#before.blocks[i];
      const is = this.#after.blocks[j];
      if (was === undefined || is === undefined || (hasEvidence(is) && was.date !== is.date)) continue;
      link(matching, i, j);
      if (explained[j] === 1) renumbered.add(j);
    }
    return renumbered;
  }

  /** Whether the number of a surviving item follows from its place; asked when all is matched. */
  follows(j: number): boolean {
    this.#explained ??= this.#shifts(this.#matching);
    return this.#explained[j] === 1;
  }

  /** The marker that an item after has on the page; undefined where it is none. */
  markerOf(j: number): string | undefined {
    return this.#after.items[j]?.marker;
  }

  /** What an item after says without its number; null for what is no item of a list of several. */
  restOf(j: number): string | null {
    const listed = this.#after.places[j];
    return !listed || listed.list.length < 2 ? null : this.#after.restKey(j);
  }

  /** Marks (1) the paragraphs after whose place in their list explains their number. */
  #shifts({ source }: Matching): Uint8Array {
    const explained = new Uint8Array(source.length);
    const groups = new Map<string, { readonly i: number; readonly j: number; was: Listed; is: Listed }[]>();
    source.forEach((i, j) => {
      const was = this.#before.places[i];
      const is = this.#after.places[j];
      if (i < 0 || !was || !is || !sameCount(was.list, is.list)) return;
      const name = `${was.list.index} ${is.list.index}`;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [{ i, j, was, is }]);
      else group.push({ i, j, was, is });
    });
    for (const pairs of groups.values()) {
      // Those that stayed: an item that changed places among them has a number of its own account.
      const inBefore = [...pairs].sort((p, q) => p.was.place - q.was.place);
      const inAfter = [...pairs].sort((p, q) => p.is.place - q.is.place);
      inAfter.forEach((pair, rank) => {
        if (inBefore[rank] === pair && this.#sameTotal(pair.i, pair.j, pair)) explained[pair.j] = 1;
      });
    }
    return explained;
  }

  /** Whether what the markers count up to ("2/14") grew by what the lists did. */
  #sameTotal(i: number, j: number, { was, is }: { readonly was: Listed; readonly is: Listed }): boolean {
    const old = this.#before.items[i]?.total ?? null;
    const now = this.#after.items[j]?.total ?? null;
    if (old === null || now === null || old === now) return true;
    return now - old === is.list.length - was.list.length;
  }
}

/** One side's items and the lists that they form. */
class Numbers {
  readonly blocks: readonly (DatedBlock & { readonly marker?: string })[];
  #items: readonly (Item | null)[] | undefined;
  #places: readonly (Listed | null)[] | undefined;

  constructor(blocks: readonly (DatedBlock & { readonly marker?: string })[]) {
    this.blocks = blocks;
  }

  /** Read when they are asked for: most visits find every paragraph as it was. */
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

  /** What is no list item gets a key of its own, which equals nothing on the other side. */
  keys(side: string): string[] {
    return this.items.map((_, at) => this.restKey(at) ?? `${side} ${at}`);
  }
}

function restKey({ rest }: Item): string {
  return `item ${comparisonKey(rest)}`;
}

/** A block as a list item; null where it has no number, or one in which a date is mentioned ("12. January"). */
function listItem({ text, mentions }: DatedBlock): Item | null {
  const item = itemOf(text);
  return item === null || mentions.some(({ start }) => start < item.marker.length) ? null : item;
}

/** A text's key without its list number; null where it has none. */
export function keyOfRest(block: DatedBlock): string | null {
  const item = listItem(block);
  return item === null ? null : restKey(item);
}

/** A block without its list number; its mentions are kept where they stood in the words. */
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
