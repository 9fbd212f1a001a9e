import { isUnspaced } from './scripts.ts';
import { nameSkeleton, plain, variant } from './spelling.ts';
import { isCapital } from './tokens.ts';

/** The page on which two words were found. */
export interface Surroundings {
  /** Whether its unchanged paragraphs use a word. */
  knows(word: string): boolean;
  /** Slips are recognised by the habits of English; in other languages one letter may be a negation. */
  readonly isEnglish: boolean;
}

/** How two words of one letter's difference differ, and where: letters before it and behind it. */
interface Edit {
  readonly kind: 'swapped' | 'doubled' | 'dropped' | 'replaced';
  readonly before: number;
  readonly behind: number;
  /** The letters of the shorter word, or of the first, that differ. */
  readonly letters: string;
}

/** Letters of the shorter word from which on letters exchanged, doubled or dropped hardly ever make another English word. */
const LONG = 11;
/** The same where the page has the new word and not the old. */
const LONG_ON_PAGE = 9;
/** Shorter words have too many neighbours. */
const SHORT = 5;
/** Letters from which on a name may have all its letters as capitals or the first alone: "NATO", not "US". */
const SHORTEST_NAME = 4;
/** Short words that are often mistyped and whose letters, two exchanged, make no other word. */
const MISTYPED = new Set('the and that this with which their there they have'.split(' '));
/** Beginnings that negate a word. */
const NEGATING = /^(?:un|in|im|il|ir|dis|non|\u043d\u0435)$/u;

/**
 * Whether one word is the other with its spelling repaired. Accents, an English variant or another writing of a name may
 * differ, or a slip of the pen: letters exchanged, doubled or dropped, where that makes no other word. Two words that the
 * page uses elsewhere are two words. In doubt they are two.
 *
 * @param a the old word.
 * @param b the new one.
 * @param isName whether they name somebody or something: then a changed letter is another name, unless the page has the
 *   new form and not the old.
 */
export function isRepair(a: string, b: string, page: Surroundings, isName = false): boolean {
  if (isUnspaced(a) || isUnspaced(b)) return false;
  const left = plain(a);
  const right = plain(b);
  if (!/^\p{L}[\p{L}\p{M}']*$/u.test(left) || !/^\p{L}[\p{L}\p{M}']*$/u.test(right)) return false;
  if (page.knows(a) && page.knows(b)) return false;
  const shorter = Math.min(left.length, right.length);
  const isOnPage = shorter >= SHORT && page.knows(b) && !page.knows(a);
  if (a.toLowerCase() === b.toLowerCase()) return shorter >= SHORTEST_NAME && isCapital(a) && isCapital(b);
  if (left === right) return isName || isOnPage;
  if (isName && shorter >= SHORT && nameSkeleton(a) === nameSkeleton(b)) return true;
  const edit = editOf(left, right);
  if (isName) return isOnPage && edit !== null && edit.before > 0 && edit.behind > 0;
  if (!page.isEnglish) return isOnPage && edit?.kind === 'swapped' && left[0] === right[0];
  if (shorter >= SHORT && variant(left) === variant(right)) return true;
  if (edit === null) return false;
  return MISTYPED.has(left) || MISTYPED.has(right) ? edit.kind === 'swapped' : isSlip(edit, shorter, isOnPage);
}

/** Whether one word is the other negated: "able" and "unable". */
export function isNegated(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.endsWith(short) && NEGATING.test(long.slice(0, -short.length));
}

/** Whether such an edit makes no other word: letters "i" and "e" exchanged, or long words. At the ends of a word it may. */
function isSlip({ kind, letters, before, behind }: Edit, shorter: number, isOnPage: boolean): boolean {
  if (kind === 'swapped' && before > 0 && shorter >= SHORT && (letters === 'ie' || letters === 'ei')) return true;
  if (before < 1 || (kind !== 'swapped' && (before < 2 || behind < 2))) return false;
  return kind !== 'replaced' && shorter >= (isOnPage ? LONG_ON_PAGE : LONG);
}

/** How two words differ; null where it is more than one slip. */
function editOf(a: string, b: string): Edit | null {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return null;
  let before = 0;
  while (before < short.length && short[before] === long[before]) before++;
  let behind = 0;
  while (behind < short.length - before && short.at(-1 - behind) === long.at(-1 - behind)) behind++;
  const letters = short.slice(before, short.length - behind);
  const other = long.slice(before, long.length - behind);
  const place = { before, behind, letters };
  if (letters === '' && other.length === 1)
    return { kind: long[before - 1] === other || long[before + 1] === other ? 'doubled' : 'dropped', ...place };
  if (letters.length === 1 && other.length === 1) return { kind: 'replaced', ...place };
  return letters.length === 2 && other === `${letters[1]}${letters[0]}` ? { kind: 'swapped', ...place } : null;
}
