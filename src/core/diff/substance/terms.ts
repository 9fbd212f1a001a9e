import type { Mention } from '../../dates/types.ts';
import { partsOf } from './date-words.ts';
import { factOfWord } from './fact-words.ts';
import { markReader } from './marks.ts';
import { quantityAt } from './quantities.ts';
import { abbreviation, plain, withAccents } from './spelling.ts';
import type { Token } from './tokens.ts';

/** A piece of what a text means: a word, number, date, address or question mark. */
export interface Term {
  /** The same for all writings of it: "12 kilometre" for "12 km" and for "twelve kilometres". */
  readonly form: string;
  /** What may not come or go without being a fact; null for a plain word. */
  readonly fact: string | null;
  /** Null for what is no word. */
  readonly word: Token | null;
}

/**
 * The terms of a text in order: all that it holds but white space and punctuation that only parts words. Linear in its
 * length.
 * @param mentions where it mentions dates, in order.
 * @param isEnglish in other languages an accent makes another word.
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
  const markAt = markReader(tokens);
  const isShouted = !/\p{Ll}/u.test(tokens[0]?.text ?? '');
  let inDate: { readonly end: number; readonly writesPart: (token: Token) => boolean } | null = null;
  let nextDate = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    for (let date = dates[nextDate]; date !== undefined && date.start <= token.start; date = dates[++nextDate]) {
      inDate = { end: date.end, writesPart: partsOf(date) };
      terms.push({ form: date.ambiguous ? date.text : date.literal, fact: dateFact(date), word: null });
    }
    if (inDate !== null && token.start >= inDate.end) inDate = null;
    if (inDate !== null && (token.kind === 'mark' || inDate.writesPart(token))) continue;
    const quantity = quantityAt(tokens, at);
    if (quantity !== null) {
      const isOne = token.word.toLowerCase() === 'one' && quantity.next === at + 1;
      for (const part of quantity.parts) terms.push({ form: part, fact: isOne ? null : part, word: null });
      at = quantity.next - 1;
    } else if (inDate !== null) {
      const fact = factOfWord(token.word) ?? token.word.toLowerCase();
      terms.push({ form: fact, fact, word: null });
    } else if (token.kind !== 'mark') terms.push(termOfWord(token, isEnglish, isShouted));
    else {
      const mark = markAt(at);
      if (mark !== null) terms.push({ ...mark, word: null });
    }
  }
  return terms;
}

function termOfWord(token: Token, isEnglish: boolean, isShouted: boolean): Term {
  const { kind, word } = token;
  if (kind === 'address') {
    const address = word.replace(/^(?:\w+:\/\/)?(?:www\.)?/u, '').replace(/[/.,;:!?)\]'"]+$/u, '');
    return { form: address, fact: address.split(/[/?#]/u)[0] ?? '', word: null };
  }
  const form = isEnglish ? plain(word) : withAccents(word);
  return { form: isShouted ? form : (abbreviation(word) ?? form), fact: factOfWord(word), word: token };
}
