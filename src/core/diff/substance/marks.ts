import { DASH, isGlued, type Token } from './tokens.ts';

/** What a mark means. */
export interface Mark {
  readonly form: string;
  readonly fact: string | null;
}

/** Marks that part or enclose words, and what is not seen: they may come and go. All others are terms. */
const PARTS = /^(?:(?![#%&*@?\u2020\u2021\u2030\u2031])\p{P}|[|`\u00b4\p{Cf}\p{Cc}])$/u;
const UNIT = /^[\p{Sc}%\u2030\u2031\u00b0\u2103\u2109]$/u;
const PRIME = /^[\u2032\u2033]$/u;
const WIDE = /^[\ufe50-\ufe6b\uff01-\uff5e]$/u;

/** Reads the marks of a text, in their order; null for one that only parts or encloses words. */
export function markReader(tokens: readonly Token[]): (at: number) => Mark | null {
  /** Straight quotation marks that are open. */
  const opened = new Set<string>();
  return (at) => {
    const mark = tokens[at];
    if (mark === undefined) return null;
    const [before, behind] = [tokens[at - 1], tokens[at + 1]];
    const form = WIDE.test(mark.word) ? mark.word.normalize('NFKC') : mark.word;
    if (form === "'" || form === '"') {
      if (opened.delete(form)) return null;
      if (!isGlued(before, mark)) opened.add(form);
      else if (before?.kind === 'number' && !(isGlued(mark, behind) && behind?.kind === 'word')) return word(form);
      return null;
    }
    if (PRIME.test(form)) return before?.kind === 'number' ? word(form) : null;
    if (DASH.test(form)) return dashBetween(before, mark, behind);
    // Inside a word a question mark replaces a lost character.
    if (form === '?') return /^\p{L}/u.test(mark.text.slice(mark.start + 1, mark.start + 3)) ? null : word(form);
    return PARTS.test(form) ? null : { form, fact: UNIT.test(form) ? form : null };
  };
}

/** A dash is "to" between numbers; before a number it may be a minus, and behind a letter a mark ("A-"). */
function dashBetween(before: Token | undefined, dash: Token, behind: Token | undefined): Mark | null {
  if (before === undefined || dash.word === '\u2014') return null;
  const isBehind = isGlued(before, dash);
  const isBefore = isGlued(dash, behind);
  if (behind?.kind === 'number') {
    if (before.kind === 'number') return { form: 'to', fact: 'to' };
    return before.kind === 'word' && !isBehind && !isBefore ? word('-') : null;
  }
  const isMark =
    isBehind && before.kind !== 'mark' && !(isBefore && (behind?.kind !== 'mark' || DASH.test(behind.word)));
  return isMark && /^[-\u2212]$/u.test(dash.word) ? word('-') : null;
}

const word = (form: string): Mark => ({ form, fact: null });
