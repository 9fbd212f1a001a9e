import { repairMojibake } from './mojibake.ts';
import { normalise } from './normalise.ts';

/** More marks on one letter than any language writes; normalising longer runs costs quadratic time (UAX 15, stream-safe text). */
const STACKED_MARKS = /(\p{M}{30})\p{M}+/gu;

/** Where combining marks stand, roughly: a fast test that spares most texts the slow one. */
const MARKS = /[\u0300-\u036f]|[\u0483-\u1fff]|[\u20d0-\u20ff]|[\u3000-\uffff]/;

/**
 * Characters that Unicode keeps only for other character sets' sake and that are the same letters: typographic
 * ligatures, presentation forms, full-width forms. Superscripts and fractions stay: 10\u00b2 is not 102.
 */
const PRESENTATION_FORMS = /[\ufb00-\ufdff\ufe70-\ufefc\uff01-\uffee]/g;

/** Joiners and presentation selectors, which `normalise` keeps where they change how text looks. */
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
 * The form in which two texts are compared: equal keys mean that a reader would call them the same text. White
 * space, quotes, dashes (and the spaces around them), ellipses, ligatures, invisible characters, composed and
 * decomposed accents and certain mojibake are folded. Case, letters, digits and all other punctuation are not.
 *
 * For comparing only, never for showing. Idempotent; linear in the length.
 */
export function comparisonKey(text: string): string {
  let key = fold(text);
  // Folding can bring the two halves of a damaged character together, which only then can be repaired.
  for (let round = 0; round < 4 && /[\u00c2-\u00f4]/.test(key); round += 1) {
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
