const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** UTF-16 units of a letter with its marks; a longer one may be cut between marks. */
const MAX_LETTER_LENGTH = 64;

/**
 * The text in at most `limit` UTF-16 units, including the mark of omission. It is never cut inside a surrogate pair or
 * an emoji, nor between a letter and its accents.
 */
export function cut(text: string, limit: number, mark = '…'): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, placesAt(text, limit - mark.length).before)}${mark.slice(0, Math.max(0, limit))}`;
}

/**
 * The beginning and the end of a text, at most `start` and `end` UTF-16 units, with the mark of omission between; the
 * whole text where that is not longer.
 */
export function cutMiddle(text: string, start: number, end: number, mark = '…'): string {
  if (text.length <= start + end + mark.length) return text;
  return `${text.slice(0, placesAt(text, start).before)}${mark}${text.slice(placesAt(text, text.length - end).after)}`;
}

/** The nearest places before and after `at` where a text can be cut; both are `at` where it can be cut there. */
function placesAt(text: string, at: number): { before: number; after: number } {
  if (at <= 0) return { before: 0, after: 0 };
  if (at >= text.length) return { before: text.length, after: text.length };
  const start = Math.max(0, at - MAX_LETTER_LENGTH);
  const low = splitsPair(text, start) ? start - 1 : start;
  const letter = graphemes.segment(text.slice(low, at + MAX_LETTER_LENGTH)).containing(at - low);
  const before = low + (letter?.index ?? 0);
  if (before === at) return { before, after: at };
  const after = before + (letter?.segment.length ?? 0);
  if ((before > low || low === 0) && after < at + MAX_LETTER_LENGTH) return { before, after };
  return splitsPair(text, at) ? { before: at - 1, after: at + 1 } : { before: at, after: at };
}

/** Whether `at` lies between the halves of a surrogate pair. */
function splitsPair(text: string, at: number): boolean {
  return at > 0 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}
