import { comparisonKey } from '../../page/index.ts';
import type { Matching, Paragraph } from '../types.ts';
import { link } from './exact.ts';
import type { Side } from './key.ts';
import type { Loose } from './loose.ts';
import { keyOfRest, type Numbering } from './numbering.ts';

/** Noise changes a text's length by less than this share; mojibake in every letter excepted. */
const LENGTH_NOISE = 0.5;

/** Past texts of about these lengths by their keys, null for none; of equal ones the newest last. */
function pastByKey(
  gone: readonly Paragraph[],
  lengths: readonly number[],
  keyOf: (past: Paragraph) => string | null,
): Map<string, number[]> {
  const near = new Set(lengths.map((length) => Math.round(Math.log2(length + 1))));
  const past = new Map<string, number[]>();
  for (let at = gone.length - 1; at >= 0; at--) {
    const paragraph = gone[at];
    if (paragraph === undefined) continue;
    const size = Math.log2(paragraph.text.length + 1);
    if (!near.has(Math.floor(size)) && !near.has(Math.ceil(size)) && !near.has(Math.round(size + LENGTH_NOISE)))
      continue;
    const key = keyOf(paragraph);
    if (key === null) continue;
    const list = past.get(key);
    if (list === undefined) past.set(key, [at]);
    else list.push(at);
  }
  return past;
}

/** Finds the texts of earlier revisions that are back. */
export class Returns {
  /** Paragraph after -> index in `gone`, for equal texts. */
  readonly #exact = new Map<number, number>();

  /** Also matches what was edited back: an old text of a paragraph that stands and has no equal. */
  constructor(
    gone: readonly Paragraph[],
    before: Side<Paragraph>,
    after: Side,
    matching: Matching,
    numbering: Numbering,
  ) {
    const free = after.blocks.map((_, at) => at).filter((at) => (matching.source[at] ?? -1) < 0);
    if (gone.length === 0 || free.length === 0) return;
    const standing = new Map(before.blocks.map(({ id }, at) => [id, at]));
    const lengths = free.map((at) => after.text(at).length);
    const past = pastByKey(gone, lengths, ({ text }) => comparisonKey(text));
    const items = free.some((at) => numbering.restOf(at) !== null)
      ? pastByKey(gone, lengths, keyOfRest)
      : new Map<string, number[]>();
    const used = new Set<number>();
    const take = (list: number[] | undefined): number | undefined => {
      let at = list?.pop();
      while (at !== undefined && used.has(at)) at = list?.pop();
      return at;
    };
    for (const j of free) {
      const whole = take(past.get(after.key(j)));
      const at = whole ?? take(items.get(numbering.restOf(j) ?? ''));
      if (at === undefined) continue;
      const i = standing.get(gone[at]?.id ?? '');
      const isFree = i !== undefined && (matching.target[i] ?? -1) < 0;
      // An older number of an item that stands says nothing of another one with its words.
      if (whole === undefined && i !== undefined && !isFree) continue;
      used.add(at);
      if (i !== undefined && isFree) link(matching, i, j);
      else this.#exact.set(j, at);
    }
  }

  /** Whether this is word for word a paragraph of an earlier revision. */
  has({ side, at }: Loose): boolean {
    return side === 'after' && this.#exact.has(at);
  }

  /**
   * Which of the paragraphs without a partner are back.
   * @param pieces lesser pieces of a split: their old identity is back though they are no change of their own.
   */
  settle(free: readonly Loose[], pieces: ReadonlySet<number>): Map<number, number> {
    const restored = new Map<number, number>();
    const used = new Set<number>();
    for (const at of [...free.map((text) => text.at), ...pieces]) {
      const past = this.#exact.get(at);
      if (past === undefined) continue;
      restored.set(at, past);
      used.add(past);
    }
    return restored;
  }
}
