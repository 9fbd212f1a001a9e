import { repairMojibake } from './mojibake.ts';
import { normalise } from './normalise.ts';

/** Marks on one letter: no language writes more, and NFC takes quadratic time for more (UAX 15, stream-safe text). */
const MAX_STACKED_MARKS = 30;
const STACKED_MARKS = new RegExp(`(\\p{M}{${MAX_STACKED_MARKS}})\\p{M}+`, 'gu');

/** Further rounds of folding; a hostile text could need one for each character. */
const MAX_ROUNDS = 4;

/** Roughly the combining marks: a fast test, so that most texts do not need the slow one. */
const MARKS = /[\u0300-\u036f]|[\u0483-\u1fff]|[\u20d0-\u20ff]|[\u3000-\uffff]/;

/**
 * Characters that Unicode has only for compatibility: ligatures, presentation forms, full-width forms. Superscripts and
 * fractions are not among them: 10\u00b2 is not 102.
 */
const PRESENTATION_FORMS = /[\ufb00-\ufdff\ufe70-\ufefc\uff01-\uffee]/g;

/** Joiners and variation selectors, which `normalise` keeps because they change how text looks. */
const UNSEEN = /\u200c|\u200d|[\ufe00-\ufe0f]/g;

const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032\u02b9\u02bb\u02bc\u02c8\u00b4`\u2039\u203a]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d-\u301f]|''/g, '"'],
  [/\u2026/g, '...'],
  [/\.(?: ?\.){2,}/g, '...'],
  [/[\u2010-\u2015\u2212\u2043\ufe58\ufe63]/g, '-'],
  [/ ?-[- ]*/g, '-'],
  [/\u00b5/g, '\u03bc'],
];

/**
 * The form in which two texts are compared: equal keys mean the same text to a reader. Folded are white space, quotes,
 * dashes with the spaces around them, ellipses, ligatures, invisible characters, composed and decomposed accents, and
 * certain mojibake; not case, letters, digits and other punctuation.
 *
 * For comparison only, not for display. Idempotent, linear.
 */
export function comparisonKey(text: string): string {
  let key = fold(text);
  // Folding can join the two halves of a damaged character, which can then be repaired.
  for (let round = 0; round < MAX_ROUNDS && /[\u00c2-\u00f4]/.test(key); round += 1) {
    const again = fold(key);
    if (again === key) break;
    key = again;
  }
  return key;
}

function fold(text: string): string {
  const visible = normalise(repairMojibake(text));
  if (/^[\w ,.;:()!?]*$/.test(visible) && !visible.includes('..') && !visible.includes('. .')) return visible;
  const letters = visible
    .replace(UNSEEN, '')
    .replace(PRESENTATION_FORMS, (char) => char.normalize('NFKC'))
    .replace(/ {2,}/g, ' ');
  let key = (MARKS.test(letters) ? letters.replace(STACKED_MARKS, '$1') : letters).normalize('NFC');
  for (const [pattern, replacement] of FOLDS) key = key.replace(pattern, replacement);
  return key.trim();
}
