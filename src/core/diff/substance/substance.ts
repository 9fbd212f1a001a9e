import type { Substance, WordRun } from '../types.ts';
import { calendarName, isMisspeltDate } from './calendar.ts';
import { isCapital, isEnglish, Lexicon, type SeenWord, wordsOf } from './lexicon.ts';
import { isSameName } from './names.ts';
import { differInNumbers, type Numbers, numbersOf } from './numbers.ts';
import { quantitiesOf } from './quantities.ts';
import { isRepair, type Surroundings } from './slips.ts';
import { addressesOf, type Span, sameDates, type Told, touching } from './spans.ts';
import { wordDiff } from './words.ts';

/** Words whose coming or going turns a statement round. */
const NEGATIONS = new Set(
  (
    'not no never none neither nor nobody nothing nowhere without cannot deny denies denied denying ' +
    'nicht kein keine keinen keiner nie niemals ohne pas jamais aucun aucune sans sin nunca ' +
    '\u043d\u0435 \u043d\u0438 \u043d\u0435\u0442 \u0431\u0435\u0437 \u4e0d \u672a \u6ca1 \u6c92 \u65e0 \u7121 ' +
    'isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont wouldnt couldnt shouldnt cant'
  ).split(' '),
);

/** Pairs of changed words up to which spelling is compared; a rewritten text is no repair. */
const PAIRS = 100;

/** Words that in capitals mean something else. */
const ACRONYMS = new Set('US WHO IT ICE AIDS'.split(' '));

/** Marks that say what a number counts. */
const UNITS = /[\p{Sc}%\u2030\u00b0]/gu;

/** Mean length of an English word with its space. */
const LETTERS_A_WORD = 6;

/** A text shorter than this many words may be in the page's language without showing it. */
const TELLING_LENGTH = 20;

/** What an edit changed on one side. */
interface Changed {
  /** Whole words that a run changed, as they stand in the text; none of an address. */
  readonly words: readonly SeenWord[];
  /** Those that can be facts: none of a date that stayed, none of a quantity's unit. */
  readonly telling: ReadonlySet<SeenWord>;
  /** Quantities that a run changed or touches. */
  readonly numbers: Numbers;
  /** Marks that say what a number counts, in order of their code points. */
  readonly units: string;
  readonly questions: number;
  readonly inAddress: boolean;
  readonly isEnglish: boolean;
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
  if (differInNumbers(old.numbers, fresh.numbers) || old.units !== fresh.units) return 'facts';
  if (differ(factsOf(old.telling, fresh.telling), factsOf(fresh.telling, old.telling))) return 'facts';
  const asks = old.questions !== fresh.questions;
  if (letters(runs, 'removed') === letters(runs, 'added')) return asks ? 'wording' : 'cosmetic';
  const [gone, come] = cancel(old.words, fresh.words);
  if (gone.length === 0 && come.length === 0) return 'wording';
  const rest = pairOff(gone, come, lexicon, old.isEnglish || fresh.isEnglish);
  const isTelling = (word: SeenWord): boolean => old.telling.has(word) || fresh.telling.has(word);
  if (rest.left.some((word) => isTelling(word) && lexicon.isName(word))) return 'facts';
  // Beside a changed address, repairs are not all that the edit is.
  const isRepaired = rest.repaired && rest.left.length === 0 && !old.inAddress && !fresh.inAddress;
  return isRepaired && !asks ? 'cosmetic' : 'wording';
}

/** Pairs words that are one word, repaired or in another form; tells what is left and whether all were repairs. */
function pairOff(
  old: readonly SeenWord[],
  fresh: readonly SeenWord[],
  lexicon: Lexicon,
  textIsEnglish: boolean,
): { readonly left: SeenWord[]; readonly repaired: boolean } {
  if (old.length * fresh.length > PAIRS) return { left: [...old, ...fresh], repaired: false };
  const longest = Math.max(old[0]?.text.length ?? 0, fresh[0]?.text.length ?? 0);
  const isShort = longest < TELLING_LENGTH * LETTERS_A_WORD;
  const page: Surroundings = {
    knows: (word) => lexicon.knows(word),
    isEnglish: textIsEnglish || (isShort && lexicon.isEnglish()),
  };
  const open = [...fresh];
  const left: SeenWord[] = [];
  let repaired = true;
  for (const word of old) {
    const same = open.findIndex((other) => isRepaired(word, other, page, lexicon));
    const at = same >= 0 ? same : open.findIndex((other) => isForm(word, other));
    const [other] = at < 0 ? [] : open.splice(at, 1);
    if (other === undefined) left.push(word);
    else if (same < 0) repaired = false;
  }
  return { left: [...left, ...open], repaired };
}

function isRepaired(a: SeenWord, b: SeenWord, page: Surroundings, lexicon: Lexicon): boolean {
  return isRepair(a.word, b.word, page, lexicon.isName(a) || lexicon.isName(b));
}

function isForm(a: SeenWord, b: SeenWord): boolean {
  return isCapital(a.word) && isCapital(b.word) && isSameName(a.word, b.word);
}

/** What the runs changed on one side, but for what stands in addresses and in dates that stayed. */
function changedOn(op: 'removed' | 'added', runs: readonly WordRun[], dates: readonly Span[]): Changed {
  let text = '';
  const spans: Span[] = [];
  /** Places too where the other side has something more: what stands beside them is told on both sides alike. */
  const places: Span[] = [];
  for (const run of runs) {
    if (run.op !== 'same')
      places.push({ start: text.length, end: text.length + (run.op === op ? run.text.length : 0) });
    if (run.op !== 'same' && run.op !== op) continue;
    if (run.op === op) spans.push({ start: text.length, end: text.length + run.text.length });
    text += run.text;
  }
  const addresses = addressesOf(text);
  const isChanged = touching(spans);
  const isDate = touching(dates);
  const isAddress = touching(addresses);
  const all = wordsOf(text);
  const changed = all.filter(({ word, start }) => isChanged(start, start + word.length));
  const words = changed.filter(({ word, start }) => !isAddress(start, start + word.length));
  const notOfDates = words.filter(({ word, start }) => !isDate(start, start + word.length));
  const quantities = quantitiesOf(text);
  const isUnit = touching(quantities.flatMap(({ unit }) => unit ?? []));
  const telling = notOfDates.filter(({ word, start }) => !isUnit(start, start + word.length));
  const isBeside = touching(places.map(({ start, end }) => ({ start: start - 1, end: end + 1 })));
  const inDate = within(dates);
  const inAddress = touching(addresses);
  const counted = quantities.filter(
    ({ start, end, core }) => isBeside(start, end) && !inAddress(core.start, core.end) && !inDate(core),
  );
  const inRun = touching(spans);
  const inQuantity = touching(quantities.flatMap(({ unit }) => unit ?? []));
  const isMarkOfAddress = touching(addresses);
  const units = [...text.matchAll(UNITS)]
    .filter(
      ({ index }) => inRun(index, index + 1) && !isMarkOfAddress(index, index + 1) && !inQuantity(index, index + 1),
    )
    .map(([unit]) => unit)
    .sort()
    .join('');
  return {
    words,
    telling: new Set(telling),
    numbers: numbersOf(counted, telling),
    units,
    questions: spans.reduce((sum, { start, end }) => sum + questions(text.slice(start, end + 1)), 0),
    inAddress: words.length < changed.length,
    isEnglish: isEnglish(all),
  };
}

/** Tells whether a stretch lies inside one of the spans, which do not overlap; asked in order of the text. */
function within(spans: readonly Span[]): (span: Span) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let at = 0;
  return ({ start, end }) => {
    while ((sorted[at]?.end ?? Number.POSITIVE_INFINITY) < end) at++;
    return (sorted[at]?.start ?? Number.POSITIVE_INFINITY) <= start;
  };
}

/** Question marks that end something; inside a word they stand for a lost character. */
function questions(text: string): number {
  return text.match(/\?(?!\p{L})/gu)?.length ?? 0;
}

/** Calendar names and negations among the words. */
function factsOf(words: Iterable<SeenWord>, others: Iterable<SeenWord>): string[] {
  const facts: string[] = [];
  const theirs = [...others];
  const isFew = theirs.length <= PAIRS;
  for (const { word } of words) {
    const lower = word.toLowerCase();
    if (NEGATIONS.has(lower) || /n['\u2019`\u00b4\u02bc\u2018\u2032]t$/u.test(lower)) facts.push('not');
    if (ACRONYMS.has(word)) facts.push(word);
    const name = calendarName(word);
    // A month that was misspelt on the other side is a repair.
    const isRepair = name !== null && isFew && theirs.some((other) => isMisspeltDate(other.word, word));
    if (name !== null && !isRepair) facts.push(name);
  }
  return facts;
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

/** All letters and digits of the old or the new text, but for points that Arabic and Hebrew may do without. */
function letters(runs: readonly WordRun[], op: 'removed' | 'added'): string {
  return runs
    .filter((run) => run.op === 'same' || run.op === op)
    .map(({ text }) => text)
    .join('')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]|[\u0591-\u05bd]|[\u064b-\u0652]|\p{Variation_Selector}/gu, '')
    .toLowerCase();
}
