import { monthNames, monthsByAbbreviation } from '../../src/core/dates/scan/lexicon.ts';
import { realWords } from '../../src/core/dates/scan/real-words.ts';
import { editDistance } from '../../src/core/text/edit-distance.ts';
import type { HistoryDocument, Timex } from './data.ts';

/** A small seeded generator (mulberry32), so that every run perturbs alike. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Another word, a month's name or abbreviation, or a word that is as near to another month: no one could repair it. */
function leavesDoubt(lower: string): boolean {
  if (realWords.has(lower) || monthNames.includes(lower) || monthsByAbbreviation.has(lower)) return true;
  return monthNames.filter((name) => editDistance(lower, name, 1) <= 1).length > 1;
}

/** One letter dropped, added, changed, or exchanged with its neighbour; never a word that exists or another month. */
export function misspell(word: string, random: () => number): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const at = Math.floor(random() * word.length);
    const letter = LETTERS.charAt(Math.floor(random() * LETTERS.length));
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    const edits = [
      head + tail.slice(1),
      head + letter + tail,
      head + letter + tail.slice(1),
      head + tail.charAt(1) + tail.charAt(0) + tail.slice(2),
    ];
    const made = edits[Math.floor(random() * edits.length)] ?? word;
    const lower = made.toLowerCase();
    if (leavesDoubt(lower)) continue;
    return made.charAt(0).toUpperCase() + made.slice(1).toLowerCase();
  }
  return word;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits in order and moves the annotations with the text. Their values stay: they say what was meant. */
function apply(text: string, timexes: readonly Timex[], edits: readonly Edit[]): { text: string; timexes: Timex[] } {
  let out = '';
  let at = 0;
  const shifts: { readonly from: number; readonly by: number }[] = [];
  for (const edit of edits) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
    shifts.push({ from: edit.end, by: out.length - at });
  }
  out += text.slice(at);
  const moved = (position: number): number => position + (shifts.findLast((s) => s.from <= position)?.by ?? 0);
  return { text: out, timexes: timexes.map((t) => ({ ...t, start: moved(t.start), end: moved(t.end) })) };
}

const MONTH = new RegExp(`\\b(?:${monthNames.map((n) => n.charAt(0).toUpperCase() + n.slice(1)).join('|')})\\b`, 'g');
const YEAR = /\b1[0-9]{3}\b|\b20\d{2}\b/g;

/** Whether the four digits at a place are the year of a date: a duration or an hour has none, and the gold value names it. */
const isYearOf = ({ type, value }: Timex, digits: string): boolean =>
  (type === 'DATE' || type === 'TIME') && value !== null && value.startsWith(digits);

/** What {@link perturb} does to a text. */
export interface Harm {
  /** Whether every month in a dated expression is misspelt by one edit. */
  readonly misspelt: boolean;
  /** The share of the written years of dates that are moved to the year before or after. */
  readonly shifted: number;
}

/** The documents with their authors' mistakes added; the gold values stay what they were. */
export function perturb(
  documents: readonly HistoryDocument[],
  seed: number,
  { misspelt, shifted }: Harm,
): HistoryDocument[] {
  const random = seeded(seed);
  return documents.map((document) => ({
    ...document,
    paragraphs: document.paragraphs.map(({ text, timexes }) => {
      const dated = (at: number): boolean => timexes.some((t) => t.start <= at && at < t.end);
      const edits: Edit[] = [];
      for (const match of misspelt ? text.matchAll(MONTH) : []) {
        if (!dated(match.index)) continue;
        edits.push({ start: match.index, end: match.index + match[0].length, text: misspell(match[0], random) });
      }
      for (const match of text.matchAll(YEAR)) {
        const { index, 0: digits } = match;
        if (!timexes.some((t) => t.start <= index && index < t.end && isYearOf(t, digits)) || random() >= shifted)
          continue;
        const year = Number(match[0]) + (random() < 0.5 ? -1 : 1);
        edits.push({ start: match.index, end: match.index + 4, text: String(year) });
      }
      edits.sort((a, b) => a.start - b.start);
      return apply(text, timexes, edits);
    }),
  }));
}
