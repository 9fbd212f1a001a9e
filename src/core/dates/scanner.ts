import { monthsByAbbreviation, monthsByName, weekdays } from './lexicon.ts';
import { monthOf } from './spelling.ts';

/** What may begin a date: the parsers are tried only where one of these stands. */
export type AnchorKind = 'number' | 'month' | 'weekday' | 'unit' | 'deictic' | 'holiday';

export interface Anchor {
  readonly kind: AnchorKind;
  readonly start: number;
  /** End of the word or of the digits (before an ordinal's suffix). */
  readonly end: number;
  /** The number, month (1-12) or weekday (1-7); 0 for other words. */
  readonly value: number;
  /** Lower-case word; empty for a number. */
  readonly word: string;
  /** For a month: it is misspelt. */
  readonly misspelt: boolean;
}

const ANCHOR_WORDS: ReadonlyMap<string, { readonly kind: AnchorKind; readonly value: number }> = new Map<
  string,
  { readonly kind: AnchorKind; readonly value: number }
>([
  ...[...weekdays].map(([word, value]) => [word, { kind: 'weekday' as const, value }] as const),
  ...['day', 'days', 'week', 'weeks', 'month', 'months', 'year', 'years'].map(
    (word) => [word, { kind: 'unit' as const, value: 0 }] as const,
  ),
  ...['yesterday', 'today', 'tomorrow'].map((word) => [word, { kind: 'deictic' as const, value: 0 }] as const),
  ...['christmas', 'eve'].map((word) => [word, { kind: 'holiday' as const, value: 0 }] as const),
]);

const EXACT: ReadonlyMap<string, number> = new Map([...monthsByName, ...monthsByAbbreviation]);

/** Words after which a capitalised misspelling stands for a month though no number is near ("in Octobr"). */
const LEADS = new Set([
  'in',
  'by',
  'since',
  'until',
  'till',
  'early',
  'late',
  'mid',
  'during',
  'last',
  'next',
  'of',
  'from',
  'to',
  'and',
  'between',
  'after',
  'through',
  'previous',
]);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLower = (code: number): boolean => code >= 97 && code <= 122;
const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isLetter = (code: number): boolean => isLower(code) || isUpper(code);
/** Letters beyond ASCII make a word too: "Árpril" is not "pril". Surrogates count as letters, punctuation does not. */
const isWide = (code: number): boolean =>
  code >= 0xc0 && (code < 0x2000 || code > 0x206f) && code !== 0xd7 && code !== 0xf7;
const isSpace = (code: number): boolean => code === 32 || code === 0xa0 || code === 10 || code === 9 || code === 13;

const LONGEST_WORD = 11;
const LONGEST_NUMBER = 5;
/** First letters of months, weekdays, units and the few other anchors. */
const INITIALS = new Set([...'jfmasondwtyceJFMASONDWTYCE'].map((c) => c.charCodeAt(0)));

/**
 * Walks a text once and stops at the words and numbers that may belong to a date, reading each character a constant
 * number of times. Numbers that cannot (parts of names, prices, quantities with thousands, decimals) are passed over.
 */
export class Scanner {
  readonly #text: string;
  #position = 0;
  #wordStart = 0;
  #wordEnd = -1;
  /** Start of a word already known to be a month because of the number before it. */
  #monthAhead = -1;
  /** A number waiting behind the month that was found just before it. */
  #pending: Anchor | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes on at `position`, which lies at or after the last anchor. */
  seek(position: number): void {
    if (position <= this.#position && this.#pending === null) return;
    this.#pending = this.#pending !== null && this.#pending.start >= position ? this.#pending : null;
    this.#position = Math.max(this.#position, position);
  }

  /** The next anchor, or null at the end. */
  next(): Anchor | null {
    if (this.#pending !== null) {
      const pending = this.#pending;
      this.#pending = null;
      return pending;
    }
    const text = this.#text;
    while (this.#position < text.length) {
      const code = text.charCodeAt(this.#position);
      if (isDigit(code)) {
        const anchor = this.#number();
        if (anchor !== null) return anchor;
      } else if (isLetter(code) || isWide(code)) {
        const anchor = this.#word(code);
        if (anchor !== null) return anchor;
      } else this.#position += 1;
    }
    return null;
  }

  #word(first: number): Anchor | null {
    const text = this.#text;
    const start = this.#position;
    let end = start;
    let plain = true;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (isLetter(code)) continue;
      if (!isWide(code)) break;
      plain = false;
    }
    this.#position = end;
    const lead = this.#wordStart;
    const leadEnd = this.#wordEnd;
    this.#wordStart = start;
    this.#wordEnd = end;
    const length = end - start;
    if (
      !plain ||
      length < 2 ||
      length > LONGEST_WORD ||
      (start > 0 && isDigit(text.charCodeAt(start - 1)) && this.#monthAhead !== start)
    ) {
      return null;
    }
    const known = this.#monthAhead === start;
    if (!known && length < 3) return null;
    if (known || INITIALS.has(first)) {
      const word = text.slice(start, end).toLowerCase();
      const entry = ANCHOR_WORDS.get(word);
      if (entry !== undefined) return { ...entry, start, end, word, misspelt: false };
      if (known || isUpper(first) || word.length > 2) {
        const exact = EXACT.get(word);
        if (exact !== undefined) return { kind: 'month', start, end, value: exact, word, misspelt: false };
      }
    }
    if (
      known ||
      (isUpper(first) &&
        length >= 4 &&
        (likelyMonth(text, start, end) || (start - leadEnd === 1 && this.#leads(lead, leadEnd))))
    ) {
      const word = text.slice(start, end).toLowerCase();
      const reading = monthOf(word);
      if (reading !== null && (known || (reading.confident && reading.written === 'misspelt' && reading.edits === 1))) {
        return { kind: 'month', start, end, value: reading.month, word, misspelt: reading.written === 'misspelt' };
      }
    }
    return null;
  }

  #leads(start: number, end: number): boolean {
    return end - start <= 6 && end > start && LEADS.has(this.#text.slice(start, end).toLowerCase());
  }

  #number(): Anchor | null {
    const text = this.#text;
    const start = this.#position;
    let end = start;
    while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
    this.#position = end;
    const digits = end - start;
    if (digits > LONGEST_NUMBER) return null;
    if (digits <= 3 && text.charCodeAt(end) === 44 && threeDigits(text, end + 1)) {
      this.#position = end + 4;
      while (text.charCodeAt(this.#position) === 44 && threeDigits(text, this.#position + 1)) this.#position += 4;
      return null;
    }
    if (this.#glued(start)) return null;
    const anchor: Anchor = {
      kind: 'number',
      start,
      end,
      value: Number(text.slice(start, end)),
      word: '',
      misspelt: false,
    };
    this.#lookAhead(end);
    const month = this.#monthBehind(start);
    if (month === null) return anchor;
    this.#pending = anchor;
    return month;
  }

  /** Whether the number is the tail of a name or an amount: "Sarmat-2018", "F-16", "$500", "3.14". */
  #glued(start: number): boolean {
    const text = this.#text;
    const previous = text.charCodeAt(start - 1);
    if (start === 0 || isSpace(previous)) return false;
    if (isLetter(previous) || isWide(previous)) return true;
    if (previous === 36 || previous === 0x20ac || previous === 0xa3 || previous === 35) return true;
    if (previous === 45 && this.#wordEnd === start - 1) {
      const word = text.slice(this.#wordStart, Math.min(this.#wordEnd, this.#wordStart + 12)).toLowerCase();
      return monthOf(word) === null && !/^(?:mid|early|late|pre|post|circa|from|between)$/.test(word);
    }
    return (previous === 46 || previous === 44) && isDigit(text.charCodeAt(start - 2));
  }

  /** An unknown word just before a number may be a misspelt month: "Janaury 13". */
  #monthBehind(number: number): Anchor | null {
    const { start, end } = { start: this.#wordStart, end: this.#wordEnd };
    const gap = number - end;
    if (
      end <= start ||
      gap < 1 ||
      gap > 2 ||
      end - start > LONGEST_WORD ||
      !isSpace(this.#text.charCodeAt(number - 1))
    ) {
      return null;
    }
    if (gap === 2 && !/[.,]/.test(this.#text.charAt(end))) return null;
    const word = this.#text.slice(start, end).toLowerCase();
    if (ANCHOR_WORDS.has(word)) return null;
    const reading = monthOf(word);
    if (reading === null || reading.written !== 'misspelt') return null;
    return { kind: 'month', start, end, value: reading.month, word, misspelt: true };
  }

  /** The word after a number may be a misspelt month: "13 Janaury", "13th of Janaury", "13-Janaury". */
  #lookAhead(end: number): void {
    const text = this.#text;
    let at = end;
    if (/^(?:st|nd|rd|th)/i.test(text.slice(at, at + 2))) at += 2;
    if (/[\s\u00a0-]/.test(text.charAt(at))) at += 1;
    if (text.startsWith('of ', at)) at += 3;
    this.#monthAhead = at;
  }
}

/** Whether a word of six letters or more begins or ends like one of the six long names: an edit spares one end. */
function likelyMonth(text: string, start: number, end: number): boolean {
  if (end - start < 6) return false;
  return HEADS.has(text.slice(start, start + 3)) || TAILS.has(text.slice(end - 3, end));
}

const HEADS = new Set(['Jan', 'Feb', 'Sep', 'Oct', 'Nov', 'Dec']);
const TAILS = new Set(['ary', 'ber']);

function threeDigits(text: string, at: number): boolean {
  return (
    isDigit(text.charCodeAt(at)) &&
    isDigit(text.charCodeAt(at + 1)) &&
    isDigit(text.charCodeAt(at + 2)) &&
    !isDigit(text.charCodeAt(at + 3))
  );
}
