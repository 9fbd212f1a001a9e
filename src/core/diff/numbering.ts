import { comparisonKey } from '../page/index.ts';
import { hasEvidence } from './dating.ts';
import { intern, link, type Matching, matchExact } from './exact.ts';
import type { Side } from './key.ts';

/** An item's number in a list: "1/", "2/14", "3.", "(4)", "5)", "6:", "#7". Digits and one mark, so linear to match. */
const ITEM = /^(?:[([#]\s?)?(\d{1,3})(?:\/\d{0,3}|[.)\]:])?\s+(?=\S)/u;
const MARKED = /^(?:[([#]\s?)?\d{1,3}[./)\]:]|^#\s?\d/u;

/** A list item's number and what it says without it. */
export interface Item {
  readonly number: number;
  readonly rest: string;
}

/** Reads a list item's number off a text; null where there is none. */
export function itemOf(text: string): Item | null {
  if (!MARKED.test(text)) return null;
  const found = ITEM.exec(text);
  if (found === null) return null;
  const rest = text.slice(found[0].length);
  if (!/\p{L}/u.test(rest)) return null;
  return { number: Number(found[1]), rest };
}

/**
 * Marks (1) the items that count on from the item above or are counted on by the item below. Only such a number is
 * numbering, which follows from the item's place; any other is part of what the paragraph says.
 */
export function counted(items: readonly (Item | null)[]): Uint8Array {
  const marks = new Uint8Array(items.length);
  let last = -1;
  items.forEach((item, at) => {
    if (item === null) return;
    const above = items[last];
    if (above !== undefined && above !== null && Math.abs(item.number - above.number) === 1) {
      marks[at] = 1;
      marks[last] = 1;
    }
    last = at;
  });
  return marks;
}

/**
 * Matches what differs by its list number only, where the new number counts on from its neighbours: one item put in at
 * the head of a numbered list is one addition. A date that looks like a number ("12. January") is none.
 * @returns the paragraphs after that were matched so.
 */
export function matchNumbered(before: Side, after: Side, matching: Matching): Set<number> {
  const renumbered = new Set<number>();
  if (!matching.source.includes(-1) || !matching.target.includes(-1)) return renumbered;
  const left = itemsOf(before);
  const right = itemsOf(after);
  const marks = counted(right);
  const numbers = new Map<string, number>();
  // What is no list item gets a number of its own that equals nothing on the other side.
  const rests = (items: readonly (Item | null)[], marked: (at: number) => boolean, side: string): Int32Array =>
    intern(
      items.map((item, at) => (item !== null && marked(at) ? `item ${item.rest}` : `${side} ${at}`)),
      numbers,
    );
  const trial = { source: matching.source.slice(), target: matching.target.slice() };
  matchExact(
    rests(left, () => true, 'before'),
    rests(right, (at) => marks[at] === 1, 'after'),
    trial,
  );
  for (let j = 0; j < trial.source.length; j++) {
    const i = trial.source[j] ?? -1;
    if (i < 0 || i === matching.source[j]) continue;
    const was = before.blocks[i];
    const is = after.blocks[j];
    if (was === undefined || is === undefined || (hasEvidence(is) && was.date !== is.date)) continue;
    link(matching, i, j);
    renumbered.add(j);
  }
  return renumbered;
}

/** A number in which a date is mentioned is no list number. */
function itemsOf(side: Side): (Item | null)[] {
  return side.blocks.map(({ text, mentions }) => {
    const item = itemOf(text);
    if (item === null || mentions.some(({ start }) => start < text.length - item.rest.length)) return null;
    return { number: item.number, rest: comparisonKey(item.rest) };
  });
}
