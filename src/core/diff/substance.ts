import { isCapital, Lexicon, type SeenWord, wordsOf } from './lexicon.ts';
import { addressesOf, type Span, sameDates, type Told, touching } from './spans.ts';
import { isRepair, isSameName } from './spelling.ts';
import type { Substance, WordRun } from './types.ts';
import { wordDiff } from './words.ts';

const NUMBER_WORDS = new Map(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen twenty'
  )
    .split(' ')
    .map((word, value) => [word, String(value)] as const),
);
for (const word of 'thirty forty fifty sixty seventy eighty ninety dozen dozens hundred hundreds thousand thousands million billion trillion half twice'.split(
  ' ',
)) {
  NUMBER_WORDS.set(word, word);
}
for (const [value, word] of 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ').entries()) {
  NUMBER_WORDS.set(word, String(value + 1));
}

/** Words whose coming or going turns a statement round. */
const NEGATIONS = new Set(
  (
    'not no never none neither nor nobody nothing nowhere without cannot deny denies denied denying ' +
    'nicht kein keine keinen keiner nie niemals ohne pas jamais aucun aucune sans sin nunca ' +
    '\u043d\u0435 \u043d\u0438 \u043d\u0435\u0442 \u0431\u0435\u0437'
  ).split(' '),
);

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const CALENDAR =
  /^(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$/;

/** Pairs of changed words up to which spelling is compared; a rewritten text is no repair. */
const PAIRS = 100;

const NO_LEXICON = new Lexicon();

/** Marks that say what a number counts. */
const UNITS = /[\p{Sc}%\u2030\u00b0]/gu;

/** What an edit changed on one side. */
interface Changed {
  /** Whole words that a run changed, as they stand in the text; none of an address. */
  readonly words: readonly SeenWord[];
  /** Those that can be facts: none of a date that stayed. */
  readonly telling: ReadonlySet<SeenWord>;
  /** Marks that say what a number counts, in order of their code points. */
  readonly units: string;
  readonly inAddress: boolean;
}

/** An edit's difference and how much it matters. */
export interface Difference {
  readonly words: readonly WordRun[];
  readonly substance: Substance;
}

/** Compares two texts that mention dates: a date that is only written otherwise is no other fact. */
export function differenceOf(before: Told, after: Told, lexicon?: Lexicon): Difference {
  const words = wordDiff(before.text, after.text);
  return { words, substance: substanceOf(words, lexicon, sameDates(before.mentions, after.mentions)) };
}

/**
 * How much an edit matters: `facts` when a number, date, name or negation came, went or changed; `cosmetic` when only
 * punctuation, case or spelling did; else `wording`. Words that merely changed places are wording, and so is what
 * changed inside a web address.
 * @param lexicon what the rest of the page tells of its words.
 * @param dates where the old and the new text mention the same dates; how those are written is wording.
 */
export function substanceOf(
  runs: readonly WordRun[],
  lexicon: Lexicon = new Lexicon(),
  dates: readonly [readonly Span[], readonly Span[]] = [[], []],
): Substance {
  const old = changedOn('removed', runs, dates[0]);
  const fresh = changedOn('added', runs, dates[1]);
  const facts = [factsOf(old.telling, fresh.telling), factsOf(fresh.telling, old.telling)] as const;
  if (differ(...facts) || old.units !== fresh.units) return 'facts';
  if (letters(runs, 'removed') === letters(runs, 'added')) return 'cosmetic';
  const [gone, come] = cancel(old.words, fresh.words);
  if (gone.length === 0 && come.length === 0) return 'wording';
  const rest = pairOff(gone, come, lexicon);
  const isTelling = (word: SeenWord): boolean => old.telling.has(word) || fresh.telling.has(word);
  if (rest.left.some((word) => isTelling(word) && lexicon.isName(word))) return 'facts';
  // Beside a changed address, repairs are not all that the edit is.
  const isRepaired = rest.repaired && rest.left.length === 0 && !old.inAddress && !fresh.inAddress;
  return isRepaired ? 'cosmetic' : 'wording';
}

/** Pairs words that are one word, repaired or in another form; tells what is left and whether all were repairs. */
function pairOff(
  old: readonly SeenWord[],
  fresh: readonly SeenWord[],
  lexicon: Lexicon,
): { readonly left: SeenWord[]; readonly repaired: boolean } {
  if (old.length * fresh.length > PAIRS) return { left: [...old, ...fresh], repaired: false };
  const open = [...fresh];
  const left: SeenWord[] = [];
  let repaired = true;
  for (const word of old) {
    const at = open.findIndex((other) => sameWord(word, other, lexicon));
    const [other] = at < 0 ? [] : open.splice(at, 1);
    if (other === undefined) left.push(word);
    else if (!isRepair(word.word, other.word, lexicon)) repaired = false;
  }
  return { left: [...left, ...open], repaired };
}

/** What the runs changed on one side, but for what stands in addresses and in dates that stayed. */
function changedOn(op: 'removed' | 'added', runs: readonly WordRun[], dates: readonly Span[]): Changed {
  let text = '';
  const spans: Span[] = [];
  for (const run of runs) {
    if (run.op !== 'same' && run.op !== op) continue;
    if (run.op === op) spans.push({ start: text.length, end: text.length + run.text.length });
    text += run.text;
  }
  const addresses = addressesOf(text);
  const isChanged = touching(spans);
  const isDate = touching(dates);
  const isAddress = touching(addresses);
  const changed = wordsOf(text).filter(({ word, start }) => isChanged(start, start + word.length));
  const words = changed.filter(({ word, start }) => !isAddress(start, start + word.length));
  const telling = new Set(words.filter(({ word, start }) => !isDate(start, start + word.length)));
  const inRun = touching(spans);
  const inAddress = touching(addresses);
  const units = [...text.matchAll(UNITS)]
    .filter(({ index }) => inRun(index, index + 1) && !inAddress(index, index + 1))
    .map(([unit]) => unit)
    .sort()
    .join('');
  return { words, telling, units, inAddress: words.length < changed.length };
}

/** Numbers, calendar names and negations among the words. */
function factsOf(words: Iterable<SeenWord>, others: Iterable<SeenWord>): string[] {
  const facts: string[] = [];
  const theirs = [...others];
  for (const { word } of words) {
    const lower = word.toLowerCase();
    const number = numberOf(word);
    // "One" alone is mostly no number: it counts where the other side has one.
    if (number !== null && (lower !== 'one' || theirs.some((other) => numberOf(other.word) !== null)))
      facts.push(number);
    if (NEGATIONS.has(lower) || /n['\u2019]t$/u.test(lower)) facts.push('not');
    if (!CALENDAR.test(word)) continue;
    // A month that was misspelt on the other side is a repair.
    const repaired = theirs.some((other) => other.word !== word && isRepair(other.word, word, NO_LEXICON));
    if (!repaired) facts.push(MONTHS.includes(lower.slice(0, 3)) ? lower.slice(0, 3) : lower);
  }
  return facts;
}

/** A number as digits, thousands run together; null for what is none. */
function numberOf(word: string): string | null {
  if (!/\p{N}/u.test(word)) return NUMBER_WORDS.get(word.toLowerCase()) ?? null;
  const digits = /^\p{N}+(?:[.,]\p{N}+)*/u.exec(word)?.[0];
  return digits === undefined ? word : digits.replace(/[.,](?=\p{N}{3}(?!\p{N}))/gu, '');
}

/** Whether two bags differ. */
function differ(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join(' ') !== [...b].sort().join(' ');
}

/** Takes out the words that both sides have. */
function cancel(a: readonly SeenWord[], b: readonly SeenWord[]): readonly [SeenWord[], SeenWord[]] {
  const left = new Map<string, number>();
  for (const { word } of b) left.set(word, (left.get(word) ?? 0) + 1);
  const common = new Map<string, number>();
  const old = a.filter(({ word }) => {
    const count = left.get(word) ?? 0;
    if (count === 0) return true;
    left.set(word, count - 1);
    common.set(word, (common.get(word) ?? 0) + 1);
    return false;
  });
  const fresh = b.filter(({ word }) => {
    const count = common.get(word) ?? 0;
    if (count === 0) return true;
    common.set(word, count - 1);
    return false;
  });
  return [old, fresh];
}

/** All letters and digits of the old or the new text. */
function letters(runs: readonly WordRun[], op: 'removed' | 'added'): string {
  return runs
    .filter((run) => run.op === 'same' || run.op === op)
    .map(({ text }) => text.replace(/[^\p{L}\p{N}]/gu, ''))
    .join('')
    .toLowerCase();
}

function sameWord(a: SeenWord, b: SeenWord, lexicon: Lexicon): boolean {
  if (isRepair(a.word, b.word, lexicon)) return true;
  return isCapital(a.word) && isCapital(b.word) && isSameName(a.word, b.word);
}
