import { isUnspaced } from './scripts.ts';
import { FUNCTION_WORDS, LOOKALIKES, OFTEN_MISSPELT } from './vocabulary.ts';

/** What is known of the page that two words stand on. */
export interface Surroundings {
  /** Whether its unchanged paragraphs use a word. */
  knows(word: string): boolean;
  /** Slips are told by the habits of English; in other languages one letter may be a negation. */
  readonly isEnglish: boolean;
}

/** How two words of one letter's difference differ, and where: letters before it and behind it. */
interface Edit {
  readonly kind: 'swapped' | 'doubled' | 'dropped' | 'replaced';
  readonly before: number;
  readonly behind: number;
}

/** A dropped or added letter is a slip by itself where this many letters are left: shorter words have real neighbours. */
const LONG = 10;
const VOWEL = /[aeiouy]/u;
/** Endings that make another form of the same word. */
const INFLECTIONS = new Set("'s s es d ed ing ly er r y n al st th e t en es able ful ist ism".split(' '));
const FORMS = 's es d ed ing ly er ers r rs ion ions al ment ments ive'.split(' ');
/** Neighbouring letters that no English word has, and letters three times over. */
const IMPOSSIBLE = /(.)\1\1|q[b-df-hj-np-rtv-z]|j[bcfgpqvwxz]|v[bfgjpqwx]|c[bgjpvx]|[fghkpqsvwz]x|vk$|cg$/u;

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
  if (areLookalikes(left, right)) return false;
  if (INFLECTIONS.has(ending(left, right))) return false;
  if (page.isEnglish && (isOftenMisspelt(left, right) || isOftenMisspelt(right, left))) return true;
  const edit = editOf(left, right);
  if (edit === null || left[0] !== right[0]) return isShortSlip(left, right, page);
  const isKnown = page.knows(b) && !page.knows(a);
  const shorter = Math.min(left.length, right.length);
  if (isName) return isKnown && shorter >= 5;
  if (!page.isEnglish) return isKnown && shorter >= 5 && edit.kind === 'swapped';
  if (shorter >= 5 && variant(left) === variant(right)) return true;
  if (shorter < 5) return isShortSlip(left, right, page);
  return isSlip(left, right, edit, isKnown || (page.knows(a) && !page.knows(b)));
}

/** Whether such an edit is evidence enough in an English word of five letters or more. */
function isSlip(left: string, right: string, edit: Edit, isOneKnown: boolean): boolean {
  const { kind, before, behind } = edit;
  if (IMPOSSIBLE.test(left) !== IMPOSSIBLE.test(right)) return true;
  const shorter = Math.min(left.length, right.length);
  if (kind === 'swapped') return true;
  const longer = left.length > right.length ? left : right;
  if (kind === 'doubled' && (FUNCTION_WORDS.has(left) || FUNCTION_WORDS.has(right))) return true;
  if (kind === 'doubled')
    return shorter >= 6 && (syllables(longer.slice(0, before)) > 1 || syllables(longer.slice(-behind)) > 1);
  // Other letters: prefixes and endings make other words.
  if (before < 2 || behind < 2) return false;
  if (kind === 'dropped') return shorter >= LONG || (isOneKnown && shorter >= 7 && behind > 2);
  return isOneKnown && shorter >= 8 && isVowels(left, right, before);
}

/** "teh": a function word with two neighbours exchanged. */
function isShortSlip(left: string, right: string, page: Surroundings): boolean {
  if (!page.isEnglish || FUNCTION_WORDS.has(left) === FUNCTION_WORDS.has(right)) return false;
  return editOf(left, right)?.kind === 'swapped' && left.length > 2;
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
    return { kind: long[before - 1] === other || long[before + 1] === other ? 'doubled' : 'dropped', before, behind };
  if (middle.length === 1 && other.length === 1) return { kind: 'replaced', before, behind };
  const isSwapped = middle.length === 2 && other === `${middle[1]}${middle[0]}`;
  return isSwapped ? { kind: 'swapped', before, behind } : null;
}

/** Whether `right` is a word that is often misspelt, and `wrong` a slip away from it within what all its forms share. */
function isOftenMisspelt(wrong: string, right: string): boolean {
  for (let length = Math.min(right.length, 16); length >= 5; length--) {
    const stem = right.slice(0, length);
    if (!OFTEN_MISSPELT.has(stem)) continue;
    const tail = right.slice(length);
    if (!wrong.endsWith(tail)) return false;
    const slip = wrong.slice(0, wrong.length - tail.length);
    if (slip[0] !== stem[0] || beginsOtherwise(wrong, right)) return false;
    const edit = editOf(slip, stem);
    if (edit === null) return undoubled(slip) === undoubled(stem);
    // The last letter of a short beginning is where other forms part ("begins", "begun").
    return edit.kind === 'replaced' ? length >= 7 && edit.behind > 0 : edit.behind > 0 || length >= 7;
  }
  return false;
}

/** Whether a form begins like a word of the list that the other form is not. */
function beginsOtherwise(word: string, other: string): boolean {
  for (let length = Math.min(word.length, 16); length >= 5; length--) {
    const stem = word.slice(0, length);
    if (OFTEN_MISSPELT.has(stem) && !other.startsWith(stem)) return true;
  }
  return false;
}

/** Whether both are known to be real words, and not two spellings of one form. */
function areLookalikes(a: string, b: string): boolean {
  const left = listed(a);
  return left !== null && (listed(b) ?? left) !== left;
}

/** The word of the lists that this is, or is a form of. */
function listed(word: string): string | null {
  if (LOOKALIKES.has(word) || FUNCTION_WORDS.has(word)) return word;
  for (const end of FORMS) {
    if (!word.endsWith(end)) continue;
    const base = word.slice(0, -end.length);
    const found = [base, `${base}e`, base.at(-1) === base.at(-2) ? base.slice(0, -1) : base].find((form) =>
      LOOKALIKES.has(form),
    );
    if (found !== undefined) return found;
  }
  return null;
}

/** One spelling for the British and the American one. */
function variant(word: string): string {
  return word
    .replace(/is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)/u, 'iz')
    .replace(/our(?=(?:s|ed|ing|able|hood|ite|ites|ly|er|ers)?$)/u, 'or')
    .replace(/ence(?=(?:s|less)?$)/u, 'ense')
    .replace(/tre(?=s?$)/u, 'ter')
    .replace(/ll(?=(?:ed|ing|er|ers)$)/u, 'l');
}

/** With every doubled letter once: "neccesary", "necessary". */
function undoubled(word: string): string {
  return word.replace(/(.)\1+/gu, '$1');
}

function syllables(letters: string): number {
  return letters.match(/[aeiouy]+/gu)?.length ?? 0;
}

function isVowels(left: string, right: string, at: number): boolean {
  return VOWEL.test(left[at] ?? '') && VOWEL.test(right[at] ?? '');
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
