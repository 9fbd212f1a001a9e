/** Every character that separates words: ASCII and Unicode spaces, line and paragraph separators. */
const SPACES = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/**
 * Characters that a reader cannot see and an attacker can use: controls, zero-width ones, soft hyphens, marks that
 * turn the direction of text, language tags and interlinear marks. Joiners are left to `JOINERS`.
 */
const INVISIBLE =
  /[\0-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Zero-width joiners mean something only inside scripts that join letters, and between emoji. */
const SCRIPTS = 'Arab Beng Deva Gujr Guru Khmr Knda Mlym Mong Mymr Orya Sinh Syrc Taml Telu'.split(' ');
const JOINING = `\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f${SCRIPTS.map((script) => `\\p{Script=${script}}`).join('')}`;
const JOINERS = new RegExp(`[\\u200c\\u200d](?:(?<![${JOINING}][\\u200c\\u200d])|(?![${JOINING}]))`, 'gu');

const LONE_SURROGATES = /[\ud800-\udfff]/gu;
const SPACES_TO_FOLD = /[^!-~\u00a1-\u167f\u2010-\u2027\u2030-\u205e\u3001-\uffff ]| {2}/;
const RARE =
  /[\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]/;

/** As `normalise`, but keeps one space at either end where white space stood there. For pieces of a longer text. */
export function normalisePiece(text: string): string {
  const spaced = SPACES_TO_FOLD.test(text) ? text.replace(SPACES, ' ') : text;
  if (!RARE.test(spaced)) return spaced;
  return spaced.replace(INVISIBLE, '').replace(JOINERS, '').replace(LONE_SURROGATES, '\ufffd').replace(/ {2,}/g, ' ');
}

/**
 * The visible text of a block: one line, single ASCII spaces, none at the ends; control, zero-width and
 * direction-changing characters dropped, lone surrogates replaced by U+FFFD. Quotes and dashes stay as written.
 * Idempotent; linear in the length.
 */
export function normalise(text: string): string {
  return normalisePiece(text).trim();
}
