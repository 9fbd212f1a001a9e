import { addTo } from '../../groups.ts';
import { comparisonKey } from '../../page/index.ts';
import type { Matching, Paragraph } from '../types.ts';
import { link } from './exact.ts';
import type { Side } from './key.ts';
import type { Numbering } from './numbering.ts';
import { keyOfRest } from './numbers.ts';
import type { Unmatched } from './unmatched.ts';

/** Removed texts by key, of equal ones the newest last. */
function removedByKey(
  removed: readonly Paragraph[],
  keyOf: (paragraph: Paragraph) => string | null,
): Map<string, number[]> {
  const byKey = new Map<string, number[]>();
  for (const [at, paragraph] of [...removed.entries()].reverse()) {
    const key = keyOf(paragraph);
    if (key !== null) addTo(byKey, key, at);
  }
  return byKey;
}

/** Finds texts of earlier revisions that the page shows again. */
export class Returns {
  /** Paragraph after -> index in `removed`. */
  readonly #exact = new Map<number, number>();

  /** Also matches undone edits: an earlier text of a paragraph that is still present and unmatched. */
  constructor(
    removed: readonly Paragraph[],
    before: Side<Paragraph>,
    after: Side,
    matching: Matching,
    numbering: Numbering,
  ) {
    const free = after.blocks.map((_, at) => at).filter((at) => (matching.source[at] ?? -1) < 0);
    if (removed.length === 0 || free.length === 0) return;
    const present = new Map(before.blocks.map(({ id }, at) => [id, at]));
    const texts = removedByKey(removed, ({ text }) => comparisonKey(text));
    const items = free.some((at) => numbering.restKey(at) !== null)
      ? removedByKey(removed, keyOfRest)
      : new Map<string, number[]>();
    const used = new Set<number>();
    const take = (list: number[] | undefined): number | undefined => {
      let at = list?.pop();
      while (at !== undefined && used.has(at)) at = list?.pop();
      return at;
    };
    for (const j of free) {
      const withNumber = take(texts.get(after.key(j)));
      const at = withNumber ?? take(items.get(numbering.restKey(j) ?? ''));
      if (at === undefined) continue;
      const i = present.get(removed[at]?.id ?? '');
      const isFree = i !== undefined && (matching.target[i] ?? -1) < 0;
      // The item is still present: another one with its words is new.
      if (withNumber === undefined && i !== undefined && !isFree) continue;
      used.add(at);
      if (i !== undefined && isFree) link(matching, i, j);
      else this.#exact.set(j, at);
    }
  }

  /** Whether an earlier revision had this text. */
  has({ side, at }: Unmatched): boolean {
    return side === 'after' && this.#exact.has(at);
  }

  /**
   * The restored paragraphs.
   * @param free the paragraphs that nothing else explains.
   * @param pieces the smaller pieces of splits: they get their old ids back but are no change of their own.
   */
  restored(free: readonly Unmatched[], pieces: ReadonlySet<number>): Map<number, number> {
    const restored = new Map<number, number>();
    for (const at of [...free.map((text) => text.at), ...pieces]) {
      const removed = this.#exact.get(at);
      if (removed !== undefined) restored.set(at, removed);
    }
    return restored;
  }
}
