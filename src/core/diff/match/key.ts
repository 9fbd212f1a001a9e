import type { DatedBlock } from '../../dates/types.ts';
import { comparisonKey } from '../../page/index.ts';

/**
 * One side of a comparison. Keys are computed when they are asked for: most paragraphs are the same to the letter and
 * never need one.
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

  /** What the text is to a reader: equal keys differ by noise only. */
  key(at: number): string {
    const known = this.#keys[at];
    if (known !== undefined) return known;
    const key = comparisonKey(this.text(at));
    this.#keys[at] = key;
    return key;
  }
}

/** Whether two paragraphs say the same but for noise. */
export function sameText(left: Side, i: number, right: Side, j: number): boolean {
  return left.text(i) === right.text(j) || left.key(i) === right.key(j);
}
