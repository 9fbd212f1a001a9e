import { addTo } from '../../groups.ts';
import { hasEvidence } from '../dating.ts';
import { intern } from '../sequence.ts';
import type { Matching, Paragraph } from '../types.ts';
import { link, matchExact } from './exact.ts';
import type { Side } from './key.ts';
import { type Listed, sameCount } from './lists.ts';
import { Numbers } from './numbers.ts';

/** A matched pair of items. */
interface Numbered {
  readonly i: number;
  readonly j: number;
  readonly was: Listed;
  readonly is: Listed;
}

/**
 * The list numbers on both sides of a comparison. A changed number is no edit where it follows from the item's position:
 * where insertions and removals in its own list explain it.
 */
export class Numbering {
  readonly #before: Numbers;
  readonly #after: Numbers;
  readonly #matching: Matching;
  #explained: Uint8Array | undefined;

  /** @param matching {@link match} adds to it; {@link follows} reads it when it is complete. */
  constructor(before: Side<Paragraph>, after: Side, matching: Matching) {
    this.#before = new Numbers(before.blocks);
    this.#after = new Numbers(after.blocks);
    this.#matching = matching;
  }

  /**
   * Matches items that are equal except for their numbers.
   * @returns the paragraphs after whose new number follows from their position.
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

  /** Whether a matched item's number follows from its position. */
  follows(j: number): boolean {
    this.#explained ??= this.#shifts(this.#matching);
    return this.#explained[j] === 1;
  }

  /** An item's marker after; undefined where the paragraph is no item. */
  markerOf(j: number): string | undefined {
    return this.#after.items[j]?.marker;
  }

  /** An item's key without its number; null where the paragraph is no item of a list of several. */
  restKey(j: number): string | null {
    const listed = this.#after.places[j];
    return !listed || listed.list.length < 2 ? null : this.#after.restKey(j);
  }

  /** Marks (1) the paragraphs after whose position in their list explains their number. */
  #shifts({ source }: Matching): Uint8Array {
    const explained = new Uint8Array(source.length);
    const groups = new Map<string, Numbered[]>();
    source.forEach((i, j) => {
      const was = this.#before.places[i];
      const is = this.#after.places[j];
      if (i < 0 || !was || !is || !sameCount(was.list, is.list)) return;
      addTo(groups, `${was.list.index} ${is.list.index}`, { i, j, was, is });
    });
    for (const pairs of groups.values()) {
      // In a ranking the number is a fact: an item that overtook another keeps its change.
      const inBefore = [...pairs].sort((p, q) => p.was.place - q.was.place);
      const inAfter = [...pairs].sort((p, q) => p.is.place - q.is.place);
      inAfter.forEach((pair, rank) => {
        if (inBefore[rank] === pair && this.#sameTotal(pair)) explained[pair.j] = 1;
      });
    }
    return explained;
  }

  /** Whether the total ("2/14") grew by as many items as the list. */
  #sameTotal({ i, j, was, is }: Numbered): boolean {
    const old = this.#before.items[i]?.total ?? null;
    const now = this.#after.items[j]?.total ?? null;
    if (old === null || now === null || old === now) return true;
    return now - old === is.list.length - was.list.length;
  }
}
