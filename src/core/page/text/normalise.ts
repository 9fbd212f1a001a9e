import { replaceHostile } from '../../text/hostile.ts';

/** ASCII and Unicode spaces, line and paragraph separators. */
const SPACES = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Zero-width joiners have a meaning only in scripts that join letters, and between emoji. */
const SCRIPTS = 'Arab Beng Deva Gujr Guru Khmr Knda Mlym Mong Mymr Orya Sinh Syrc Taml Telu'.split(' ');
const JOINING = `\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f${SCRIPTS.map((script) => `\\p{Script=${script}}`).join('')}`;
const JOINERS = new RegExp(`[\\u200c\\u200d](?:(?<![${JOINING}][\\u200c\\u200d])|(?![${JOINING}]))`, 'gu');

const LONE_SURROGATE = /^[\ud800-\udfff]$/;
const SPACES_TO_FOLD = /[^!-~\u00a1-\u167f\u2010-\u2027\u2030-\u205e\u3001-\uffff ]| {2}/;
const RARE =
  /[\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]/;

/** As `normalise`, but white space at an end becomes one space: for pieces of a longer text. */
export function normalisePiece(text: string): string {
  const spaced = SPACES_TO_FOLD.test(text) ? text.replace(SPACES, ' ') : text;
  if (!RARE.test(spaced)) return spaced;
  const seen = replaceHostile(spaced, (character) => (LONE_SURROGATE.test(character) ? '\ufffd' : ''));
  return seen.replace(JOINERS, '').replace(/ {2,}/g, ' ');
}

/**
 * The visible text of a block: one line, single ASCII spaces, none at the ends. Control, zero-width and
 * direction-changing characters are dropped, lone surrogates become U+FFFD. Quotes and dashes stay. Idempotent, linear.
 */
export function normalise(text: string): string {
  return normalisePiece(text).trim();
}
