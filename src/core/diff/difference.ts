import type { Alignment } from './match/alignment.ts';
import type { Side } from './match/key.ts';
import { withoutNumber } from './match/numbers.ts';
import { Lexicon } from './substance/lexicon.ts';
import { type Difference, differenceOf } from './substance/substance.ts';
import type { Paragraph } from './types.ts';

/**
 * Word differences of matched paragraphs. The page's unchanged paragraphs show which words it uses; a list number that
 * follows from the item's position is no fact.
 */
export function differences(
  before: Side<Paragraph>,
  after: Side,
  { target, numbering }: Alignment,
): (i: number, j: number) => Difference | null {
  const lexicon = new Lexicon(() => unchanged(before, after, target));
  return (i, j) => {
    const was = before.blocks[i];
    const is = after.blocks[j];
    if (was === undefined || is === undefined) return null;
    const difference = differenceOf(was, is, lexicon);
    if (difference.substance !== 'facts' || !numbering.follows(j)) return difference;
    const { substance } = differenceOf(withoutNumber(was), withoutNumber(is), lexicon);
    return { ...difference, substance };
  };
}

function* unchanged(before: Side, after: Side, target: Int32Array): Iterable<string> {
  for (const i of before.sample()) {
    const text = before.text(i);
    if (text === after.text(target[i] ?? -1)) yield text;
  }
}
