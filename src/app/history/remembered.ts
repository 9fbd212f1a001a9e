import { dateBlocks, scan } from '#core/dates/index.ts';
import type { DateContext, DatedPage } from '#core/dates/types.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import type { StoredParagraph } from '#core/history/types.ts';
import { comparisonKey } from '#core/page/index.ts';
import type { Block } from '#core/page/types.ts';

/** Reads what is the same for the same text or the same paragraphs, whenever they are seen. */
export interface TextReader {
  /** As `dateBlocks`. */
  readonly dated: (blocks: readonly Block[], context: DateContext) => DatedPage;
  /** As `comparisonKey`. */
  readonly keyOf: (text: string) => string;
  /** As `canonicalJson`. */
  readonly jsonOf: (paragraph: StoredParagraph) => string;
}

/** Reads everything each time. */
export const READ_ALL: TextReader = { dated: dateBlocks, keyOf: comparisonKey, jsonOf: canonicalJson };

/** Texts of a long page, with room for those that left it: about 10 MB. */
const TEXTS = 10_000;

/** Remembers what it has read: most paragraphs of a capture are those of the capture before it. */
export function rememberingReader(texts: number = TEXTS): TextReader {
  const candidates = remembered(scan, texts);
  // Candidates are told apart by identity, also those of two paragraphs with one text.
  const scanned = (text: string) => candidates(text).map((candidate) => ({ ...candidate }));
  let last: { readonly page: string; readonly dated: DatedPage } | null = null;
  const json = new WeakMap<StoredParagraph, string>();
  return {
    dated(blocks, context) {
      // Of the time of a look no more than the month counts.
      const page = JSON.stringify([blocks, { ...context, observedAt: context.observedAt.slice(0, MONTH) }]);
      if (last?.page !== page) last = { page, dated: dateBlocks(blocks, context, scanned) };
      return last.dated;
    },
    keyOf: remembered(comparisonKey, texts),
    jsonOf(paragraph) {
      const text = json.get(paragraph) ?? canonicalJson(paragraph);
      json.set(paragraph, text);
      return text;
    },
  };
}

/** Characters of the month in an instant: `2022-01`. */
const MONTH = 7;

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
