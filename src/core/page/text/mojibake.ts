import { sequenceLength } from '../decode/utf8.ts';
import { windows1252Byte } from '../decode/windows-1252.ts';

/** What the bytes 0x80-0xBF look like after they were read as windows-1252 (or as ISO-8859-1). */
const CONTINUATION =
  '\\u0080-\\u00bf\\u20ac\\u201a\\u0192\\u201e\\u2026\\u2020\\u2021\\u02c6\\u2030\\u0160\\u2039\\u0152\\u017d' +
  '\\u2018\\u2019\\u201c\\u201d\\u2022\\u2013\\u2014\\u02dc\\u2122\\u0161\\u203a\\u0153\\u017e\\u0178';

/** Sequences that could be UTF-8, and the two forms that lose a byte on the way (see `repairLossy`). */
const CANDIDATE = new RegExp(
  `[\\u00f0-\\u00f4][${CONTINUATION}]{3}|[\\u00e0-\\u00ef][${CONTINUATION}]{2}|[\\u00c2-\\u00df][${CONTINUATION}]|\\u00e2\\u20ac"?`,
  'g',
);

/**
 * Continuations that also stand after a capital letter in good text: closing quotes, dashes, an ellipsis, a
 * non-breaking space ("\u201cJA, P\u00c5\u201d", "\u00c0\u00a0propos"). Alone they prove nothing.
 */
const ORDINARY = /[\u00a0\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2022\u2026\u2039\u203a\u00b7]/;

/** What three- and four-byte sequences stand for on real pages; other results are accidents of accented text. */
const TYPICAL_LONG =
  /[\u2010-\u2044\u2070-\u209c\u20a0-\u20bf\u2100-\u22ff\u2500-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\ufeff\ufffd\u1e00-\u1eff\u{1f000}-\u{1faff}\ufb00-\ufb06\u2460-\u24ff]/u;

interface Candidate {
  readonly start: number;
  readonly found: string;
  readonly becomes: string;
  readonly lossy: boolean;
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Repairs UTF-8 that was read as windows-1252 ("\u00e2\u20ac\u2122" for an apostrophe), where that is certain: the characters
 * have windows-1252 bytes, these are one well-formed UTF-8 sequence, and the result is what such damage typically
 * hides. Sequences that good text also holds are repaired only beside one that it does not. Text that was damaged
 * twice is repaired twice. Gives the same text where nothing is certain. Linear in the length.
 */
export function repairMojibake(text: string): string {
  let current = text;
  for (let round = 0; round < 3; round += 1) {
    const better = repairOnce(current);
    if (better === current) break;
    current = better;
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
 * Whether a sequence cannot be meant as it stands. Leads from U+00C6 on (damaged Greek, Cyrillic, Hebrew) prove
 * damage only side by side: nobody damages a single letter of a word.
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
 * Two damaged marks lose a byte: a closing quote's last byte has no character in windows-1252 and vanishes, and a
 * dash ends in a curly quote that a later hand made straight. Which dash it was is lost too: digits take the short one.
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
