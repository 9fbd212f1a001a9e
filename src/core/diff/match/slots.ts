import { editDistance } from '../../text/edit-distance.ts';
import type { Matching } from '../types.ts';
import type { Corpus } from './corpus.ts';
import type { Loose, LooseTexts } from './loose.ts';

/** Texts of so few words are compared by their letters too. */
const SHORT = 6;
const SHORT_LETTERS = 0.5;
/** … where they are no longer than this: the comparison is quadratic. */
const LETTERS = 80;

/** Words that a note must have to be known in a longer text that holds it but does not begin with it, */
const HELD_WORDS = 4;
/** … and the share of its weight that must be there, in order. */
const HELD_SHARE = 0.9;

/** How alike two texts of a few words are by their letters, 0 to 1; 0 where they are long or hardly alike. */
export function shortLikeness({ text: a, words: left }: Loose, { text: b, words: right }: Loose): number {
  const longest = Math.max(a.length, b.length);
  if (longest > LETTERS || Math.max(left.order.length, right.order.length) > SHORT) return 0;
  const letters = longest === 0 ? 1 : 1 - editDistance(a, b) / longest;
  return letters >= SHORT_LETTERS ? letters : 0;
}

/** For a paragraph whose both neighbours are what they were, the one loose paragraph that stood between them. */
export function slotsOf(texts: LooseTexts, { source, target }: Matching): Map<Loose, Loose> {
  const loose = new Map(texts.before.map((text) => [text.at, text]));
  const slots = new Map<Loose, Loose>();
  for (const text of texts.after) {
    const above = text.at === 0 ? -1 : (source[text.at - 1] ?? -1);
    const below = text.at === source.length - 1 ? target.length : (source[text.at + 1] ?? -1);
    if (text.at > 0 && above < 0) continue;
    const slot = below === above + 2 ? loose.get(above + 1) : undefined;
    if (slot !== undefined) slots.set(text, slot);
  }
  return slots;
}

/**
 * Whether one text is the other with much put to it: it begins with it, or holds nearly all of it in order. Asked of two
 * paragraphs in one place only; a long text holds the words of many a short one.
 */
export function hasGrown(corpus: Corpus, before: Loose, after: Loose): boolean {
  const [note, whole] = before.words.order.length <= after.words.order.length ? [before, after] : [after, before];
  if (!/\p{L}/u.test(note.text)) return false;
  return beginsWith(whole, note) || holds(corpus, whole, note);
}

function beginsWith(whole: Loose, note: Loose): boolean {
  return note.words.order.length > 0 && note.words.order.every((word, at) => whole.words.order[at] === word);
}

function holds(corpus: Corpus, whole: Loose, { words }: Loose): boolean {
  if (words.order.length < HELD_WORDS) return false;
  return corpus.sharedInOrder(words, whole.words) >= HELD_SHARE * words.weight;
}
