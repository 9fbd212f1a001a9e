import { editDistance } from '../../text/edit-distance.ts';
import type { Matching } from '../types.ts';
import type { Corpus } from './corpus.ts';
import type { Unmatched, UnmatchedTexts } from './unmatched.ts';

/** Texts of at most so many characters are compared by characters too, which has quadratic cost. */
const MAX_SHORT_LETTERS = 80;
/** They are similar from this share of equal characters on. */
const MIN_LETTER_SCORE = 0.5;

/** A note of at least so many words is recognised in a longer text that contains it, */
const MIN_NOTE_WORDS = 4;
/** … from this share of its weight on, in order. */
const MIN_CONTAINED_SHARE = 0.9;

/** Similarity of two short texts by their letters, 0 to 1; 0 for longer texts and for less than half of the letters. */
export function letterSimilarity({ text: a }: Unmatched, { text: b }: Unmatched): number {
  const longest = Math.max(a.length, b.length);
  if (longest > MAX_SHORT_LETTERS) return 0;
  const letters = longest === 0 ? 1 : 1 - editDistance(a, b) / longest;
  return letters >= MIN_LETTER_SCORE ? letters : 0;
}

/** For a paragraph between two unchanged neighbours, the one unmatched paragraph that was between them. */
export function slotsOf(texts: UnmatchedTexts, { source, target }: Matching): Map<Unmatched, Unmatched> {
  const unmatched = new Map(texts.before.map((text) => [text.at, text]));
  const slots = new Map<Unmatched, Unmatched>();
  for (const text of texts.after) {
    const above = text.at === 0 ? -1 : (source[text.at - 1] ?? -1);
    const below = text.at === source.length - 1 ? target.length : (source[text.at + 1] ?? -1);
    if (text.at > 0 && above < 0) continue;
    const slot = below === above + 2 ? unmatched.get(above + 1) : undefined;
    if (slot !== undefined) slots.set(text, slot);
  }
  return slots;
}

/**
 * Whether the shorter text is a note that grew into the longer one, or the reverse: the longer one begins with it, or
 * contains nearly all of it in order. Only for two paragraphs in one slot: a long text contains many a short one.
 */
export function hasGrown(corpus: Corpus, before: Unmatched, after: Unmatched): boolean {
  const [note, whole] = before.words.order.length <= after.words.order.length ? [before, after] : [after, before];
  if (!/\p{L}/u.test(note.text)) return false;
  return beginsWith(whole, note) || contains(corpus, whole, note);
}

function beginsWith(whole: Unmatched, note: Unmatched): boolean {
  return note.words.order.length > 0 && note.words.order.every((word, at) => whole.words.order[at] === word);
}

function contains(corpus: Corpus, whole: Unmatched, { words }: Unmatched): boolean {
  if (words.order.length < MIN_NOTE_WORDS) return false;
  return corpus.sharedInOrder(words, whole.words) >= MIN_CONTAINED_SHARE * words.weight;
}
