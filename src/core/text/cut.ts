const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A letter with more marks than this is no writing: it may be cut between them. */
const LONGEST_LETTER = 64;

/**
 * A text of at most `limit` UTF-16 code units, the mark of omission counted. Cuts between letters as a reader sees
 * them: never inside a surrogate pair or an emoji, nor between a letter and its accents.
 */
export function cut(text: string, limit: number, mark = '…'): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, placesAt(text, limit - mark.length).before)}${mark.slice(0, Math.max(0, limit))}`;
}

/**
 * The beginning and the end of a text, at most so many code units each, with the mark of omission between; the whole
 * text where that is no longer.
 */
export function cutMiddle(text: string, start: number, end: number, mark = '…'): string {
  if (text.length <= start + end + mark.length) return text;
  return `${text.slice(0, placesAt(text, start).before)}${mark}${text.slice(placesAt(text, text.length - end).after)}`;
}

/** The nearest places around `at` where a text can be cut: both are `at` where it can be cut there. */
function placesAt(text: string, at: number): { before: number; after: number } {
  if (at <= 0) return { before: 0, after: 0 };
  if (at >= text.length) return { before: text.length, after: text.length };
  const start = Math.max(0, at - LONGEST_LETTER);
  const low = splitsPair(text, start) ? start - 1 : start;
  const letter = graphemes.segment(text.slice(low, at + LONGEST_LETTER)).containing(at - low);
  const before = low + (letter?.index ?? 0);
  if (before === at) return { before, after: at };
  const after = before + (letter?.segment.length ?? 0);
  if ((before > low || low === 0) && after < at + LONGEST_LETTER) return { before, after };
  return splitsPair(text, at) ? { before: at - 1, after: at + 1 } : { before: at, after: at };
}

/** Whether `at` lies between the halves of a surrogate pair. */
function splitsPair(text: string, at: number): boolean {
  return at > 0 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}
