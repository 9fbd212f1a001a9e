import { type Anchor, anchorWords, joinedLeads, monthLeads } from './anchors.ts';
import { isDigit, isLetter, isSpace, isUpper, isWide, lettersEnd, prefixOf, prefixTable } from './characters.ts';
import { monthOf } from './spelling.ts';

/** Digits of a year with one digit too many ("20224"); longer numbers belong to no date. */
const LONGEST_NUMBER = 5;

const ANCHOR_PREFIXES = prefixTable(anchorWords.keys());
/**
 * The seven long names begin with one of these or end with one of those, and a single edit changes only one of the two.
 */
const LONG_HEADS = prefixTable(['jan', 'feb', 'aug', 'sep', 'oct', 'nov', 'dec']);
const LONG_TAILS = prefixTable(['ary', 'ust', 'ber']);

function threeDigits(text: string, at: number): boolean {
  return (
    isDigit(text.charCodeAt(at)) &&
    isDigit(text.charCodeAt(at + 1)) &&
    isDigit(text.charCodeAt(at + 2)) &&
    !isDigit(text.charCodeAt(at + 3))
  );
}

/** "st", "nd", "rd" or "th" at a position. */
function ordinalAt(text: string, at: number): boolean {
  const pair = text.slice(at, at + 2).toLowerCase();
  return pair === 'st' || pair === 'nd' || pair === 'rd' || pair === 'th';
}

/**
 * Walks a text once and stops at the words and numbers that may belong to a date, reading each character a constant
 * number of times. Numbers that cannot (parts of names, prices, quantities with thousands, decimals) are passed over.
 */
export class Scanner {
  readonly #text: string;
  #position = 0;
  /** The last word read. */
  #wordStart = 0;
  #wordEnd = 0;
  /** Where a month that belongs to the number last read would begin: "13 Janaury", "13th of Janaury". */
  #monthPlace = -1;
  /** A number that waits behind the misspelt month found just before it. */
  #pending: Anchor | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes on at `position`, unless the scan is past it. */
  seek(position: number): void {
    if (this.#pending !== null && this.#pending.start < position) this.#pending = null;
    if (position > this.#position) this.#position = position;
  }

  /** The next anchor, or null at the end. */
  next(): Anchor | null {
    const pending = this.#pending;
    if (pending !== null) {
      this.#pending = null;
      return pending;
    }
    const text = this.#text;
    while (this.#position < text.length) {
      const code = text.charCodeAt(this.#position);
      let anchor: Anchor | null = null;
      if (isLetter(code)) anchor = this.#word(code);
      else if (isDigit(code)) anchor = this.#number();
      else if (isWide(code)) this.#foreignWord();
      else this.#position += 1;
      if (anchor !== null) return anchor;
    }
    return null;
  }

  #word(first: number): Anchor | null {
    const text = this.#text;
    const start = this.#position;
    const end = lettersEnd(text, start);
    if (isWide(text.charCodeAt(end))) {
      this.#foreignWord();
      return null;
    }
    const [leadStart, leadEnd] = [this.#wordStart, this.#wordEnd];
    this.#position = end;
    this.#wordStart = start;
    this.#wordEnd = end;
    const afterNumber = this.#monthPlace === start;
    if (!afterNumber && start > 0 && isDigit(text.charCodeAt(start - 1))) return null;
    if (ANCHOR_PREFIXES[prefixOf(text, start)] === 1) {
      const word = text.slice(start, end).toLowerCase();
      const entry = anchorWords.get(word);
      if (entry !== undefined) return { kind: entry.kind, value: entry.value, start, end, word };
    }
    if (!afterNumber && !(isUpper(first) && this.#maybeMonth(start, end, leadStart, leadEnd))) return null;
    const word = text.slice(start, end).toLowerCase();
    const reading = monthOf(word);
    if (reading === null) return null;
    return { kind: 'month', value: reading.month, start, end, word };
  }

  /** A word with letters beyond ASCII is skipped as a whole: no part of it is an anchor. */
  #foreignWord(): void {
    const text = this.#text;
    this.#wordStart = this.#position;
    let end = this.#position;
    for (let code = text.charCodeAt(end); isLetter(code) || isWide(code); code = text.charCodeAt(end)) end += 1;
    this.#wordEnd = end;
    this.#position = end;
  }

  /** A cheap test before the dictionary of misspellings is searched for a capitalised word with no number near. */
  #maybeMonth(start: number, end: number, leadStart: number, leadEnd: number): boolean {
    const text = this.#text;
    if (end - start >= 6) {
      if (LONG_HEADS[prefixOf(text, start)] === 1 || LONG_TAILS[prefixOf(text, end - 3)] === 1) return true;
    }
    if (text.charAt(start - 1) === '(') return true;
    if (start - leadEnd !== 1) return false;
    return monthLeads.has(text.slice(leadStart, leadEnd).toLowerCase());
  }

  #number(): Anchor | null {
    const text = this.#text;
    const start = this.#position;
    let end = start;
    while (isDigit(text.charCodeAt(end))) end += 1;
    this.#position = end;
    const digits = end - start;
    if (digits > LONGEST_NUMBER) return null;
    if (digits <= 3 && text.charCodeAt(end) === 44 && threeDigits(text, end + 1)) {
      while (text.charCodeAt(this.#position) === 44 && threeDigits(text, this.#position + 1)) this.#position += 4;
      return null;
    }
    if (this.#glued(start)) return null;
    this.#expectMonth(end);
    const number: Anchor = { kind: 'number', start, end, value: Number(text.slice(start, end)), word: '' };
    const month = this.#monthBefore(start);
    if (month === null) return number;
    this.#pending = number;
    return month;
  }

  /** Whether the number is the tail of a name or an amount: "Sarmat-2018", "F-16", "$500", "3.14". */
  #glued(start: number): boolean {
    const text = this.#text;
    const previous = text.charCodeAt(start - 1);
    if (start === 0 || isSpace(previous)) return false;
    if (isLetter(previous) || isWide(previous)) return true;
    const character = text.charAt(start - 1);
    if (character === '$' || character === '€' || character === '£' || character === '#') return true;
    if (character === '-' && this.#wordEnd === start - 1 && this.#wordEnd > this.#wordStart) {
      const word = text.slice(this.#wordStart, this.#wordEnd).toLowerCase();
      return !joinedLeads.has(word) && monthOf(word) === null;
    }
    return (character === '.' || character === ',') && isDigit(text.charCodeAt(start - 2));
  }

  #expectMonth(end: number): void {
    const text = this.#text;
    let at = end;
    if (ordinalAt(text, at)) at += 2;
    if (isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === 45) at += 1;
    if (text.startsWith('of ', at)) at += 3;
    this.#monthPlace = at;
  }

  /** An unknown word just before a number may be a misspelt month: "Janaury 13". */
  #monthBefore(number: number): Anchor | null {
    const text = this.#text;
    const [start, end] = [this.#wordStart, this.#wordEnd];
    const gap = number - end;
    if (end === start || gap < 1 || gap > 2) return null;
    if (!isSpace(text.charCodeAt(number - 1))) return null;
    if (gap === 2 && text.charCodeAt(end) !== 44 && text.charCodeAt(end) !== 46) return null;
    const word = text.slice(start, end).toLowerCase();
    if (anchorWords.has(word)) return null;
    const reading = monthOf(word);
    return reading === null ? null : { kind: 'month', start, end, value: reading.month, word };
  }
}
