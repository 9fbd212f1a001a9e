import type { Mention } from '../../dates/types.ts';
import { countsOf, without } from '../../groups.ts';
import type { Substance, WordRun } from '../types.ts';
import { Lexicon } from './lexicon.ts';
import { movedFacts } from './order.ts';
import { isNegated, isRepair, type Surroundings } from './slips.ts';
import { type Term, termsOf } from './terms.ts';
import { isEnglish as isEnglishText, tokensOf } from './tokens.ts';
import { wordDiff } from './words.ts';

/** A text and where it mentions dates, in order. */
export interface DatedText {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** An edit's difference and how much it matters. */
export interface Difference {
  readonly words: readonly WordRun[];
  readonly substance: Substance;
}

/** The difference of two texts word by word, and how much it matters. */
export function differenceOf(before: DatedText, after: DatedText, lexicon?: Lexicon): Difference {
  return { words: wordDiff(before.text, after.text), substance: substanceOf(before, after, lexicon) };
}

/**
 * How much an edit matters: `facts` when a number, date, name, quantifier or negation came, went, changed or traded
 * places; `cosmetic` when only punctuation, spelling or the writing of such a fact did; else `wording`.
 * @param lexicon what the rest of the page shows of its words.
 */
export function substanceOf(before: DatedText, after: DatedText, lexicon: Lexicon = new Lexicon()): Substance {
  const [oldTokens, newTokens] = [tokensOf(before.text), tokensOf(after.text)];
  const isEnglish = isEnglishText(oldTokens) || isEnglishText(newTokens);
  const dateFact = sameDates(before.mentions, after.mentions);
  const old = termsOf(oldTokens, before.mentions, isEnglish, dateFact);
  const fresh = termsOf(newTokens, after.mentions, isEnglish, dateFact);
  const pairs = pairUp(without(old, fresh, keyOf), without(fresh, old, keyOf), lexicon, isEnglish);
  if (pairs === null) return 'facts';
  const left = sequence(old, pairs);
  const right = sequence(fresh, pairs);
  if (left.join(' ') === right.join(' ') || letters(left) === letters(right)) return 'cosmetic';
  return movedFacts(left, right) ? 'facts' : 'wording';
}

/** Dates are one fact where both texts mention a value equally often, however written; else what is written decides. */
function sameDates(before: readonly Mention[], after: readonly Mention[]): (date: Mention) => string {
  const [was, is] = [before, after].map((mentions) => countsOf(mentions, ({ value }) => value));
  return ({ value, literal }) => (value !== null && was?.get(value) === is?.get(value) ? value : literal);
}

const keyOf = ({ fact, form }: Term): string => fact ?? form;

/**
 * Pairs old words with the new ones in their order: those of which one is the other repaired count as equal. Null where
 * a fact, a name or a negated word is left.
 */
function pairUp(
  old: readonly Term[],
  fresh: readonly Term[],
  lexicon: Lexicon,
  isEnglish: boolean,
): Map<string, string> | null {
  const page: Surroundings = { knows: (word) => lexicon.knows(word), isEnglish };
  const repaired = new Map<string, string>();
  const isName = ({ word }: Term): boolean => word !== null && lexicon.isName(word);
  const isFact = (term: Term): boolean => term.fact !== null || isName(term);
  if (old.length !== fresh.length) return [...old, ...fresh].some(isFact) ? null : repaired;
  for (const [at, a] of old.entries()) {
    const b = fresh[at] as Term;
    if (a.word === null || b.word === null) {
      if (isFact(a) || isFact(b)) return null;
      continue;
    }
    if (isRepair(a.word.word, b.word.word, page, isName(a) || isName(b))) repaired.set(a.form, b.form);
    else if (isFact(a) || isFact(b) || isNegated(a.form, b.form)) return null;
  }
  return repaired;
}

/** The forms of a text in order, those of no words between spaces; a plain word that is written twice counts once. */
function sequence(terms: readonly Term[], repaired: ReadonlyMap<string, string>): string[] {
  const forms = terms.map(({ form, word }) => (word === null ? ` ${form} ` : (repaired.get(form) ?? form)));
  return forms.filter((form, at) => form !== forms[at - 1] || terms[at]?.word === null || terms[at]?.fact !== null);
}

/** The words without what parts them: "cease-fire" is "ceasefire", and "its" may be "it's". */
function letters(forms: readonly string[]): string {
  return forms.join('').replaceAll("'", '');
}
