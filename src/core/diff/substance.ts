import { isCapital, Lexicon, type SeenWord, wordsOf } from './lexicon.ts';
import { isRepair, isSameName } from './spelling.ts';
import type { Substance, WordRun } from './types.ts';

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

/**
 * How much an edit matters: `facts` when a number, date, name or negation came, went or changed; `cosmetic` when only
 * punctuation, case or spelling did; else `wording`. Words that merely changed places are wording.
 * @param lexicon what the rest of the page tells of its words.
 */
export function substanceOf(runs: readonly WordRun[], lexicon: Lexicon = new Lexicon()): Substance {
  const removed = changedWords(runs, 'removed');
  const added = changedWords(runs, 'added');
  if (differ(factsOf(removed, added), factsOf(added, removed)) || unitsDiffer(runs)) return 'facts';
  if (letters(runs, 'removed') === letters(runs, 'added')) return 'cosmetic';
  const [old, fresh] = cancel(removed, added);
  if (old.length === 0 && fresh.length === 0) return 'wording';
  const rest = pairOff(old, fresh, lexicon);
  if (rest.left.some((word) => lexicon.isName(word))) return 'facts';
  return rest.repaired && rest.left.length === 0 ? 'cosmetic' : 'wording';
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

/** The words that a run changed, whole, as they stand in the old or the new text. */
function changedWords(runs: readonly WordRun[], op: 'removed' | 'added'): SeenWord[] {
  let text = '';
  const spans: [number, number][] = [];
  for (const run of runs) {
    if (run.op !== 'same' && run.op !== op) continue;
    if (run.op === op) spans.push([text.length, text.length + run.text.length]);
    text += run.text;
  }
  let at = 0;
  return wordsOf(text).filter(({ word, start }) => {
    while ((spans[at]?.[1] ?? Number.POSITIVE_INFINITY) <= start) at++;
    return (spans[at]?.[0] ?? Number.POSITIVE_INFINITY) < start + word.length;
  });
}

/** Numbers, calendar names and negations among the words. */
function factsOf(words: readonly SeenWord[], others: readonly SeenWord[]): string[] {
  const facts: string[] = [];
  for (const { word } of words) {
    const lower = word.toLowerCase();
    const number = numberOf(word);
    // "One" alone is mostly no number: it counts where the other side has one.
    if (number !== null && (lower !== 'one' || others.some((other) => numberOf(other.word) !== null)))
      facts.push(number);
    if (NEGATIONS.has(lower) || /n['\u2019]t$/u.test(lower)) facts.push('not');
    if (!CALENDAR.test(word)) continue;
    // A month that was misspelt on the other side is a repair.
    const repaired = others.some((other) => other.word !== word && isRepair(other.word, word, NO_LEXICON));
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

function unitsDiffer(runs: readonly WordRun[]): boolean {
  const units = (op: WordRun['op']): string =>
    runs
      .filter((run) => run.op === op)
      .flatMap(({ text }) => text.match(UNITS) ?? [])
      .sort()
      .join('');
  return units('removed') !== units('added');
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
