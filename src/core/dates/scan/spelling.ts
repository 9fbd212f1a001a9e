import { editDistance } from '../../text/edit-distance.ts';
import { monthNames, monthsByAbbreviation, monthsByName } from './lexicon.ts';
import { realWords } from './real-words.ts';

/**
 * How a month is written: in full (`name`), shortened (`short`), or misspelt by one edit.
 * `confident`: a long name's misspelling is no other word anywhere; that of a short one needs a full date around it.
 */
export interface MonthReading {
  readonly month: number;
  readonly written: 'name' | 'short' | 'misspelt';
  readonly confident: boolean;
}

/** A longer word is more than one edit from every month. */
const LONGEST = Math.max(...monthNames.map(({ length }) => length)) + 1;

function misspelt(word: string): MonthReading | null {
  if (realWords.has(word)) return null;
  let best: { month: number; length: number } | null = null;
  for (const [index, name] of monthNames.entries()) {
    if (editDistance(word, name, 1) > 1) continue;
    if (best !== null) return null;
    best = { month: index + 1, length: name.length };
  }
  if (best === null) return null;
  const confident = best.length >= 6 || (best.length >= 4 && word.length >= 4);
  return { month: best.month, written: 'misspelt', confident };
}

/** Most words in the cache; speed only. */
const CACHE_LIMIT = 4096;

/** The right spellings. */
const EXACT: ReadonlyMap<string, MonthReading> = new Map([
  ...[...monthsByAbbreviation].map(([word, month]) => [word, exact(month, 'short')] as const),
  ...[...monthsByName].map(([word, month]) => [word, exact(month, 'name')] as const),
]);

function exact(month: number, written: 'name' | 'short'): MonthReading {
  return { month, written, confident: true };
}

const cache = new Map<string, MonthReading | null>();

/**
 * The month that a lower-case word means, misspellings of one edit included; null where it is another
 * word. A word as near to two months ("juny") is neither. Results are kept, in bounded memory: the function is
 * pure, and the same few hundred words are next to numbers on every page.
 */
export function monthOf(word: string): MonthReading | null {
  const right = EXACT.get(word);
  if (right !== undefined) return right;
  if (word.length > LONGEST) return null;
  const cached = cache.get(word);
  if (cached !== undefined) return cached;
  const reading = misspelt(word);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(word, reading);
  return reading;
}
