import { monthNames, monthsByAbbreviation, monthsByName } from './lexicon.ts';
import { realWords } from './real-words.ts';

/**
 * How a month is written: in full (`name`), shortened (`short`), or misspelt by so many edits.
 * `confident` tells a long name's misspelling, which is no other word wherever it stands, from that of a short one,
 * which needs a full date about it.
 */
export interface MonthReading {
  readonly month: number;
  readonly written: 'name' | 'short' | 'misspelt';
  readonly confident: boolean;
  /** Letters to change; 0 for a right spelling. */
  readonly edits: number;
}

/** Shorter words are too near to too many others; longer ones are farther than two edits from any month. */
const SHORTEST = 2;
const LONGEST = 11;

/**
 * Edits between two words, counting an exchange of neighbouring letters as one (optimal string alignment);
 * gives up with `limit + 1` as soon as no path can stay within the limit. Words are at most {@link LONGEST} long.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/** Two edits leave a recognisable word only of six letters or more; of a shorter name they leave half a word. */
const editsAllowed = (name: string): number => (name.length >= 5 ? 2 : 1);

function misspelt(word: string): MonthReading | null {
  if (realWords.has(word)) return null;
  let best: { month: number; edits: number; length: number } | null = null;
  let tied = false;
  for (const [index, name] of monthNames.entries()) {
    const edits = editDistance(word, name, editsAllowed(name));
    if (edits > editsAllowed(name)) continue;
    if (best === null || edits < best.edits) {
      best = { month: index + 1, edits, length: name.length };
      tied = false;
    } else if (edits === best.edits) tied = true;
  }
  if (best === null || tied) return null;
  const confident = best.length >= 6 || (best.edits === 1 && best.length >= 4 && word.length >= 4);
  return { month: best.month, written: 'misspelt', confident, edits: best.edits };
}

const CACHE_LIMIT = 4096;

/** The right spellings, which are never forgotten. */
const EXACT: ReadonlyMap<string, MonthReading> = new Map([
  ...[...monthsByAbbreviation].map(([word, month]) => [word, exact(month, 'short')] as const),
  ...[...monthsByName].map(([word, month]) => [word, exact(month, 'name')] as const),
]);

function exact(month: number, written: 'name' | 'short'): MonthReading {
  return { month, written, confident: true, edits: 0 };
}

const cache = new Map<string, MonthReading | null>();

/**
 * The month that a lower-case word stands for, misspellings of one or two edits included; null where it is another
 * word. A word as near to two months ("juny") is neither. Answers are remembered, in bounded memory: the function is
 * pure, and the same few hundred words stand beside numbers on every page.
 */
export function monthOf(word: string): MonthReading | null {
  const right = EXACT.get(word);
  if (right !== undefined) return right;
  if (word.length < SHORTEST || word.length > LONGEST) return null;
  const known = cache.get(word);
  if (known !== undefined) return known;
  const reading = misspelt(word);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(word, reading);
  return reading;
}
