import type { Mention } from '../../dates/types.ts';
import { factOfWord } from './fact-words.ts';
import { quantityAt } from './quantities.ts';
import { plain, withAccents } from './spelling.ts';
import { isCapital, type Token } from './tokens.ts';

/** A piece of what a text means: a word, number, date, address or question mark. */
export interface Term {
  /** The same for all writings of it: "12 kilometre" for "12 km" and for "twelve kilometres". */
  readonly form: string;
  /** What may not come or go without being a fact; null for a plain word. */
  readonly fact: string | null;
  /** Null for what is no word. */
  readonly word: Token | null;
}

/** Words for a part of a month or year, which a date's value does not have. */
const PARTS_OF_DATE = new Set(
  'early mid late beginning start middle end first second third fourth half quarter'.split(' '),
);

/**
 * The terms of a text in order. Linear in its length.
 * @param mentions where it mentions dates, in order.
 * @param isEnglish in other languages an accent makes another word, but in names.
 * @param dateFact what counts as the same date.
 */
export function termsOf(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  isEnglish: boolean,
  dateFact: (date: Mention) => string,
): Term[] {
  const dates = mentions.filter(({ literal }) => literal !== '').sort((a, b) => a.start - b.start);
  const terms: Term[] = [];
  let inDate = 0;
  let nextDate = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    for (let date = dates[nextDate]; date !== undefined && date.start <= token.start; date = dates[++nextDate]) {
      inDate = date.end;
      terms.push({ form: date.ambiguous ? date.text : date.literal, fact: dateFact(date), word: null });
    }
    if (token.start < inDate) {
      const part = token.word.toLowerCase();
      if (PARTS_OF_DATE.has(part)) terms.push({ form: part, fact: part, word: null });
      continue;
    }
    const quantity = quantityAt(tokens, at);
    if (quantity !== null) {
      const isOne = token.word.toLowerCase() === 'one' && quantity.next === at + 1;
      for (const part of quantity.parts) terms.push({ form: part, fact: isOne ? null : part, word: null });
      at = quantity.next - 1;
    } else terms.push(...termsOfToken(token, isEnglish));
  }
  return terms;
}

function termsOfToken(token: Token, isEnglish: boolean): Term[] {
  const { kind, word, text, start } = token;
  if (kind === 'address') {
    const address = word.replace(/^(?:\w+:\/\/)?(?:www\.)?/u, '').replace(/[/.,;:!?)\]'"]+$/u, '');
    return [{ form: address, fact: address.split(/[/?#]/u)[0] ?? '', word: null }];
  }
  if (kind === 'mark') {
    // Inside a word a question mark replaces a lost character.
    const isQuestion = word === '?' && !/^\p{L}/u.test(text.slice(start + 1, start + 3));
    const isUnit = /[\p{Sc}%\u2030\u00b0]/u.test(word);
    return isQuestion || isUnit ? [{ form: word, fact: isUnit ? word : null, word: null }] : [];
  }
  return [
    { form: isEnglish || isCapital(word) ? plain(word) : withAccents(word), fact: factOfWord(word), word: token },
  ];
}
