import { scan } from '#core/dates/index.ts';
import { comparisonKey } from '#core/page/index.ts';

/** What the paragraphs of a page give by themselves, whatever page they are on. */
export interface TextReader {
  /** As `scan`. */
  readonly scanned: typeof scan;
  /** As `comparisonKey`. */
  readonly keyOf: typeof comparisonKey;
}

/** Reads every text. */
export const READ_ALL: TextReader = { scanned: scan, keyOf: comparisonKey };

/** Texts of a long page with room for those that left it; at 500 bytes a text, 10 MB. */
const TEXTS = 10_000;

/** Remembers what it has read: most paragraphs of a capture are those of the capture before it. */
export function rememberingReader(texts: number = TEXTS): TextReader {
  const candidates = remembered(scan, texts);
  return {
    // Candidates are told apart by identity, also those of two paragraphs with one text.
    scanned: (text) => candidates(text).map((candidate) => ({ ...candidate })),
    keyOf: remembered(comparisonKey, texts),
  };
}

/** A pure function of a text that remembers the results of the last `size` texts at least, and of twice as many at most. */
export function remembered<T>(read: (text: string) => T, size: number): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const value = old.get(text) ?? read(text);
    if (young.size >= size) [old, young] = [young, new Map()];
    young.set(text, value);
    return value;
  };
}
