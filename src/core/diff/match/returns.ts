import { comparisonKey } from '../../page/index.ts';
import { differenceOf } from '../substance/substance.ts';
import type { Paragraph } from '../types.ts';
import { candidates } from './candidates.ts';
import { Corpus, type Words } from './corpus.ts';
import { link, type Matching } from './exact.ts';
import type { Side } from './key.ts';
import type { Loose } from './loose.ts';
import { keyOfRest, type Numbering, withoutNumber } from './numbering.ts';
import { likeness } from './similar.ts';

/** Newest past paragraphs among which a text that came back with small edits is looked for. */
const REMEMBERED = 1000;
/** How like its old self such a text must be; its facts must be the same. */
const ALIKE = 0.8;
/** Shorter texts are formulas ("tags: arrest, shove"): they are alike by chance. */
const WORDS = 10;
/** By so much it must be more like its old self than like any other paragraph: reports in a fixed form are all alike. */
const CLEARLY = 0.12;
/** Standing paragraphs among which such another is looked for. */
const SAMPLE = 240;

/** Noise changes a text's length by less than this share; mojibake in every letter excepted. */
const LENGTH_NOISE = 0.5;

/** Past texts of about these lengths by their keys, null for none; of equal ones the newest last. */
function pastByKey(
  gone: readonly Paragraph[],
  lengths: readonly number[],
  keyOf: (past: Paragraph) => string | null,
): Map<string, number[]> {
  const near = new Set(lengths.map((length) => Math.round(Math.log2(length + 1))));
  const past = new Map<string, number[]>();
  for (let at = gone.length - 1; at >= 0; at--) {
    const paragraph = gone[at];
    if (paragraph === undefined) continue;
    const size = Math.log2(paragraph.text.length + 1);
    if (!near.has(Math.floor(size)) && !near.has(Math.ceil(size)) && !near.has(Math.round(size + LENGTH_NOISE)))
      continue;
    const key = keyOf(paragraph);
    if (key === null) continue;
    const list = past.get(key);
    if (list === undefined) past.set(key, [at]);
    else list.push(at);
  }
  return past;
}

/** Finds the texts of earlier revisions that are back. */
export class Returns {
  /** Paragraph after -> index in `gone`, for equal texts. */
  readonly #exact = new Map<number, number>();
  readonly #gone: readonly Paragraph[];
  readonly #before: Side<Paragraph>;
  readonly #after: Side;

  readonly #numbering: Numbering;

  /** Also matches what was edited back: an old text of a paragraph that stands and has no equal. */
  constructor(
    gone: readonly Paragraph[],
    before: Side<Paragraph>,
    after: Side,
    matching: Matching,
    numbering: Numbering,
  ) {
    this.#gone = gone;
    this.#before = before;
    this.#after = after;
    this.#numbering = numbering;
    const free = after.blocks.map((_, at) => at).filter((at) => (matching.source[at] ?? -1) < 0);
    if (gone.length === 0 || free.length === 0) return;
    const standing = new Map(before.blocks.map(({ id }, at) => [id, at]));
    const lengths = free.map((at) => after.text(at).length);
    const past = pastByKey(gone, lengths, ({ text }) => comparisonKey(text));
    const items = free.some((at) => numbering.restOf(at) !== null)
      ? pastByKey(gone, lengths, keyOfRest)
      : new Map<string, number[]>();
    const used = new Set<number>();
    const take = (list: number[] | undefined): number | undefined => {
      let at = list?.pop();
      while (at !== undefined && used.has(at)) at = list?.pop();
      return at;
    };
    for (const j of free) {
      const whole = take(past.get(after.key(j)));
      const at = whole ?? take(items.get(numbering.restOf(j) ?? ''));
      if (at === undefined) continue;
      const i = standing.get(gone[at]?.id ?? '');
      const isFree = i !== undefined && (matching.target[i] ?? -1) < 0;
      // An older number of an item that stands says nothing of another one with its words.
      if (whole === undefined && i !== undefined && !isFree) continue;
      used.add(at);
      if (i !== undefined && isFree) link(matching, i, j);
      else this.#exact.set(j, at);
    }
  }

  /** Whether this is word for word a paragraph of an earlier revision. */
  has({ side, at }: Loose): boolean {
    return side === 'after' && this.#exact.has(at);
  }

  /**
   * What of the paragraphs without a partner is back, word for word or with edits that change no fact.
   * @param pieces lesser pieces of a split: their old identity is back though they are no change of their own.
   */
  settle(free: readonly Loose[], pieces: ReadonlySet<number>): Map<number, number> {
    const restored = new Map<number, number>();
    const used = new Set<number>();
    for (const at of [...free.map((text) => text.at), ...pieces]) {
      const past = this.#exact.get(at);
      if (past === undefined) continue;
      restored.set(at, past);
      used.add(past);
    }
    const rest = free.filter(({ at, words }) => !restored.has(at) && words.order.length >= WORDS);
    if (rest.length > 0 && this.#gone.length > 0) this.#alike(rest, used, restored);
    return restored;
  }

  /**
   * Texts that are back with edits: long ones, clearly more like their old self than like any other text, and back in
   * their old place.
   */
  #alike(rest: readonly Loose[], used: Set<number>, restored: Map<number, number>): void {
    const corpus = new Corpus();
    const past = this.#gone.slice(0, REMEMBERED).map(({ text }) => corpus.read(text, 'before'));
    const step = Math.ceil(this.#before.length / SAMPLE);
    const standing = this.#before.blocks
      .filter((_, at) => at % step === 0)
      .map(({ text }) => corpus.read(text, 'before'));
    const now = rest.map(({ text }) => corpus.read(text, 'after'));
    corpus.seal();
    const near = candidates(now, past);
    rest.forEach(({ at }, index) => {
      const words = now[index];
      if (words === undefined) return;
      const likes = near(index)
        .map((candidate) => ({ candidate, score: scoreOf(corpus, past[candidate], words) }))
        .sort((a, b) => b.score - a.score || a.candidate - b.candidate);
      const best = likes.find(({ candidate, score }) => score >= ALIKE && !used.has(candidate));
      if (best === undefined || !this.#isInPlace(at, best.candidate, restored)) return;
      const most = best.score - CLEARLY;
      if (likes.some((other) => other.score > most && this.#isRival(best.candidate, other.candidate))) return;
      if (standing.some((other) => likeness(corpus, other, words) > most)) return;
      if (this.#changesFacts(best.candidate, at)) return;
      restored.set(at, best.candidate);
      used.add(best.candidate);
    });
  }

  /** Whether two past texts are of two paragraphs; another wording of the same one is its own past. */
  #isRival(past: number, other: number): boolean {
    const mine = this.#gone[past];
    const theirs = this.#gone[other];
    return mine?.id !== theirs?.id && mine?.text !== theirs?.text;
  }

  /** Under its old event date, or beside a paragraph that was gone with it and is back with it. */
  #isInPlace(at: number, past: number, restored: ReadonlyMap<number, number>): boolean {
    if (this.#after.blocks[at]?.date === this.#gone[past]?.date) return true;
    return restored.get(at - 1) === past - 1 || restored.get(at + 1) === past + 1;
  }

  #changesFacts(past: number, at: number): boolean {
    const old = this.#gone[past];
    const now = this.#after.blocks[at];
    if (old === undefined || now === undefined) return true;
    const isItem = this.#numbering.restOf(at) !== null;
    const difference = isItem ? differenceOf(withoutNumber(old), withoutNumber(now)) : differenceOf(old, now);
    return difference.substance === 'facts';
  }
}

function scoreOf(corpus: Corpus, past: Words | undefined, now: Words): number {
  return past === undefined ? 0 : likeness(corpus, past, now);
}
