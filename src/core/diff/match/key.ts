import type { DatedBlock } from '../../dates/types.ts';
import { comparisonKey } from '../../page/index.ts';

/** Paragraphs that show which words a page uses. */
const MAX_SAMPLE = 240;

/**
 * One side of a comparison. Keys are computed on demand: most paragraphs are identical and need none.
 */
export class Side<T extends DatedBlock = DatedBlock> {
  readonly blocks: readonly T[];
  readonly #keys: (string | undefined)[];

  constructor(blocks: readonly T[]) {
    this.blocks = blocks;
    this.#keys = new Array<string | undefined>(blocks.length);
  }

  get length(): number {
    return this.blocks.length;
  }

  text(at: number): string {
    return this.blocks[at]?.text ?? '';
  }

  /** Texts with equal keys differ by noise only. */
  key(at: number): string {
    const key = this.#keys[at] ?? comparisonKey(this.text(at));
    this.#keys[at] = key;
    return key;
  }

  /** Evenly spread positions: all of an ordinary page, a bounded number of a long one. */
  *sample(): Iterable<number> {
    const step = Math.ceil(this.length / MAX_SAMPLE);
    for (let at = 0; at < this.length; at += step) yield at;
  }
}

/** Whether two texts differ by noise at most. */
export function sameText(left: Side, i: number, right: Side, j: number): boolean {
  return left.text(i) === right.text(j) || left.key(i) === right.key(j);
}
