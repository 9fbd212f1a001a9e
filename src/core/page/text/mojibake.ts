import { sequenceLength } from '../decode/utf8.ts';
import { windows1252Byte } from '../decode/windows-1252.ts';

/** The bytes 0x80-0xBF, read as windows-1252 or as ISO-8859-1. */
const CONTINUATION =
  '\\u0080-\\u00bf\\u20ac\\u201a\\u0192\\u201e\\u2026\\u2020\\u2021\\u02c6\\u2030\\u0160\\u2039\\u0152\\u017d' +
  '\\u2018\\u2019\\u201c\\u201d\\u2022\\u2013\\u2014\\u02dc\\u2122\\u0161\\u203a\\u0153\\u017e\\u0178';

/** Sequences that may be UTF-8, and the two forms that lost a byte (see `repairLossy`). */
const CANDIDATE = new RegExp(
  `[\\u00f0-\\u00f4][${CONTINUATION}]{3}|[\\u00e0-\\u00ef][${CONTINUATION}]{2}|[\\u00c2-\\u00df][${CONTINUATION}]|\\u00e2\\u20ac"?`,
  'g',
);

/**
 * Continuations that also follow a capital letter in good text: closing quotes, dashes, an ellipsis, a non-breaking
 * space ("\u201cJA, P\u00c5\u201d", "\u00c0\u00a0propos"). Alone they prove nothing.
 */
const ORDINARY = /[\u00a0\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2022\u2026\u2039\u203a\u00b7]/;

/** What three- and four-byte sequences mean on real pages; other results come from accented text by chance. */
const TYPICAL_LONG =
  /[\u2010-\u2044\u2070-\u209c\u20a0-\u20bf\u2100-\u22ff\u2500-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\ufeff\ufffd\u1e00-\u1eff\u{1f000}-\u{1faff}\ufb00-\ufb06\u2460-\u24ff]/u;

interface Candidate {
  readonly start: number;
  readonly found: string;
  readonly becomes: string;
  readonly lossy: boolean;
}

/** Times in a row that a text may have been damaged; a hostile text could need a round for each character. */
const MAX_ROUNDS = 3;

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Repairs UTF-8 that was read as windows-1252 ("\u00e2\u20ac\u2122" for an apostrophe) where the damage is certain: the
 * characters have windows-1252 bytes, these form one UTF-8 sequence, and the result is typical of such damage. Sequences
 * that good text has too are repaired only where another one in the text proves the damage. Text that was damaged up to
 * three times is repaired. Returns the text unchanged where nothing is certain. Linear.
 */
export function repairMojibake(text: string): string {
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const repaired = repairOnce(current);
    if (repaired === current) break;
    current = repaired;
  }
  return current;
}

function repairOnce(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text)) return text;
  const candidates: Candidate[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    const found = match[0];
    const lossy = found.startsWith('\u00e2\u20ac') && found.length < 4 ? repairLossy(text, match.index, found) : null;
    const becomes = lossy ?? repairWhole(found);
    if (becomes !== null) candidates.push({ start: match.index, found, becomes, lossy: lossy !== null });
  }
  if (!candidates.some((one, at) => one.lossy || proves(one, candidates[at - 1], candidates[at + 1]))) return text;
  const parts: string[] = [];
  let done = 0;
  for (const { start, found, becomes } of candidates) {
    parts.push(text.slice(done, start), becomes);
    done = start + found.length;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/**
 * Whether a sequence cannot be good text. Sequences from U+00C6 on (damaged Greek, Cyrillic, Hebrew) prove damage only
 * next to another one: damage never affects a single letter of a word.
 */
function proves(one: Candidate, before: Candidate | undefined, after: Candidate | undefined): boolean {
  if (one.found.length > 2) return true;
  if (ORDINARY.test(one.found.charAt(1))) return false;
  if (one.found < '\u00c6') return true;
  return before?.start === one.start - 2 || after?.start === one.start + 2;
}

function repairWhole(found: string): string | null {
  const bytes = Uint8Array.from(found, (char) => windows1252Byte(char) ?? 0);
  if (sequenceLength(bytes, 0) !== bytes.length) return null;
  const becomes = UTF8.decode(bytes);
  if (found.length > 2 && !TYPICAL_LONG.test(becomes)) return null;
  return becomes === '\ufeff' ? '' : becomes;
}

/**
 * Two kinds of damage lose a byte: the last byte of a closing quote has no character in windows-1252, and a dash ends in
 * a curly quote that an editor made straight. Which dash it was is lost too: between digits it becomes the short one.
 */
function repairLossy(text: string, at: number, found: string): string | null {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + found.length);
  if (found.endsWith('"')) {
    if (/\d/.test(before) && /\d/.test(after)) return '\u2013';
    const spaced = /\s/.test(before) && /\s/.test(after);
    return spaced || (/[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)) ? '\u2014' : null;
  }
  if (found.length === 2 && before !== '' && (after === '' || /[\s.,;:!?)]/.test(after))) return '\u201d';
  return null;
}
