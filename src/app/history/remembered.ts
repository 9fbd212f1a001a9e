import { dateBlocks, scan } from '#core/dates/index.ts';
import type { DateContext, DatedBlock, DatedPage } from '#core/dates/types.ts';
import { fingerprintOf } from '#core/history/advance.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import type { StoredParagraph } from '#core/history/types.ts';
import { comparisonKey } from '#core/page/index.ts';
import type { Block } from '#core/page/types.ts';

/** Reads what is the same for the same text or the same paragraphs, whenever they are seen. */
export interface TextReader {
  /** As `dateBlocks`. */
  readonly dated: (blocks: readonly Block[], context: DateContext) => DatedPage;
  /** As `fingerprintOf`. */
  readonly fingerprint: (blocks: readonly DatedBlock[]) => string;
  /** As `comparisonKey`. */
  readonly keyOf: (text: string) => string;
  /** As `canonicalJson`. */
  readonly jsonOf: (paragraph: StoredParagraph) => string;
}

/** Reads everything each time. */
export const READ_ALL: TextReader = {
  dated: dateBlocks,
  fingerprint: fingerprintOf,
  keyOf: comparisonKey,
  jsonOf: canonicalJson,
};

/** Texts of a long page, with room for those that left it: about 10 MB. */
const TEXTS = 10_000;

/** Remembers what it has read: most paragraphs of a capture are those of the capture before it. */
export function rememberingReader(): TextReader {
  const candidates = remembered(scan, TEXTS);
  const keyOf = remembered(comparisonKey, TEXTS);
  // Candidates are compared by identity, also those of two paragraphs with one text: each call gives others.
  const scanned = (text: string) => candidates(text).map((candidate) => ({ ...candidate }));
  let last: { readonly page: string; readonly dated: DatedPage } | null = null;
  const fingerprints = new WeakMap<readonly DatedBlock[], string>();
  const json = new WeakMap<StoredParagraph, string>();
  return {
    dated(blocks, context) {
      // Of the time of a look no more than the month counts.
      const page = JSON.stringify([blocks, { ...context, observedAt: context.observedAt.slice(0, MONTH) }]);
      if (last?.page !== page) last = { page, dated: dateBlocks(blocks, context, scanned) };
      return last.dated;
    },
    fingerprint: (blocks) => once(fingerprints, blocks, () => fingerprintOf(blocks, keyOf)),
    keyOf,
    jsonOf: (paragraph) => once(json, paragraph, () => canonicalJson(paragraph)),
  };
}

/** Characters of the month in an instant: `2022-01`. */
const MONTH = 7;

function once<K extends object, T>(known: WeakMap<K, T>, key: K, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
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
