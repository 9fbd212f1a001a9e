import { isMisspeltDate } from './calendar.ts';
import { isUnspaced } from './scripts.ts';

/** What is known of the page that two words stand on. */
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

/** Letters of the shorter word from which on such an edit hardly ever makes another English word. */
const LENGTHS = { swapped: 9, doubled: 8, dropped: 11, replaced: Number.POSITIVE_INFINITY } as const;
/** … and for a dropped letter where the page has the new word and not the old. */
const DROPPED_TOWARDS_KNOWN = 9;
/** Shorter words have too many neighbours. */
const SHORT = 5;
/** Short words that are often mistyped and whose letters, two exchanged, make no other word. */
const MISTYPED = new Set('the and that this with which their there they have'.split(' '));
/** Endings that make another form of the same word. */
const INFLECTIONS = new Set("'s s es d ed ing ly er r y n al st th e t en es able ful ist ism".split(' '));
/**
 * Whether one word is the other with its spelling repaired. Only case, apostrophes, accents or an English variant may
 * differ, or a slip of the pen: letters exchanged, doubled, dropped or replaced, with evidence that one form is no word.
 * Two words that the page uses elsewhere, or that are known to be alike, are two words. In doubt they are two.
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
  if (left === right) return page.isEnglish || isName || bare(a) === bare(b);
  if (!/^\p{L}[\p{L}\p{M}']*$/u.test(left) || !/^\p{L}[\p{L}\p{M}']*$/u.test(right)) return false;
  if (page.knows(a) && page.knows(b)) return false;
  if (isMisspeltDate(a, b) || isMisspeltDate(b, a)) return true;
  if (INFLECTIONS.has(ending(left, right))) return false;
  const edit = editOf(left, right);
  const shorter = Math.min(left.length, right.length);
  const isKnown = shorter >= SHORT && page.knows(b) && !page.knows(a);
  if (isName) return isKnown && edit !== null && left[0] === right[0];
  if (!page.isEnglish) return isKnown && edit?.kind === 'swapped' && left[0] === right[0];
  if (shorter >= SHORT && variant(left) === variant(right)) return true;
  if (edit === null) return false;
  return MISTYPED.has(left) || MISTYPED.has(right) ? edit.kind === 'swapped' : isSlip(edit, shorter, isKnown);
}

/** Whether such an edit is no other word: letters "i" and "e" exchanged, or long words. At the ends other letters make other words. */
function isSlip({ kind, letters, before, behind }: Edit, shorter: number, isKnown: boolean): boolean {
  if (kind === 'swapped' && before > 0 && shorter >= SHORT && (letters === 'ie' || letters === 'ei')) return true;
  if (before < 1 || (kind !== 'swapped' && (before < 2 || behind < 2))) return false;
  return shorter >= LENGTHS[kind] || (kind === 'dropped' && isKnown && shorter >= DROPPED_TOWARDS_KNOWN);
}

/** How two words differ; null where it is more than one slip. */
function editOf(a: string, b: string): Edit | null {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return null;
  let before = 0;
  while (before < short.length && short[before] === long[before]) before++;
  let behind = 0;
  while (behind < short.length - before && short.at(-1 - behind) === long.at(-1 - behind)) behind++;
  const middle = short.slice(before, short.length - behind);
  const other = long.slice(before, long.length - behind);
  if (middle === '' && other.length === 1)
    return {
      kind: long[before - 1] === other || long[before + 1] === other ? 'doubled' : 'dropped',
      before,
      behind,
      letters: middle,
    };
  if (middle.length === 1 && other.length === 1) return { kind: 'replaced', before, behind, letters: middle };
  const isSwapped = middle.length === 2 && other === `${middle[1]}${middle[0]}`;
  return isSwapped ? { kind: 'swapped', before, behind, letters: middle } : null;
}

/** One spelling for the British and the American one. */
function variant(word: string): string {
  return word
    .replace(/is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)/u, 'iz')
    .replace(/our(?=(?:s|ed|ing|able|hood|ite|ites|ly|er|ers)?$)/u, 'or')
    .replace(/ence(?=(?:s|less)?$)/u, 'ense')
    .replace(/tre(?=s?$)/u, 'ter')
    .replace(/(?<=.{5})ll(?=(?:ed|ing|er|ers)$)/u, 'l');
}

function ending(a: string, b: string): string {
  if (a.startsWith(b)) return a.slice(b.length);
  return b.startsWith(a) ? b.slice(a.length) : '';
}

/** Without case, and with one kind of apostrophe. */
function bare(word: string): string {
  return word
    .normalize('NFC')
    .replace(/['`\u00b4\u02bc\u2018\u2019\u2032]/gu, "'")
    .toLowerCase();
}

/** Without case and accents. A breve or dots that make another letter of a Cyrillic one stay. */
function plain(word: string): string {
  return bare(word)
    .normalize('NFD')
    .replace(/(?<!\u0438)\u0306|(?<!\u0456)\u0308|[\u0300-\u0305\u0307\u0309-\u036f\u0591-\u05bd\u064b-\u0652]/gu, '');
}
