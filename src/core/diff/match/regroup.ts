import { commonSubsequence } from '../sequence.ts';
import type { Matching, Merge, Split } from '../types.ts';
import type { Candidates } from './candidates.ts';
import type { Corpus } from './corpus.ts';
import { link } from './exact.ts';
import type { Loose, LooseTexts } from './loose.ts';

/** Differing words up to which pieces are aligned with the whole exactly. */
const BOUND = 400;
/** Foreign paragraphs that may stand between two pieces. */
const BETWEEN = 4;

/** Share of a piece's weight that must be found in the whole, in order, and of the whole's that its pieces explain. */
const EXPLAINED = 0.8;

/** One paragraph and the several that it became, or that became it. */
interface Group {
  readonly whole: Loose;
  /** In page order. */
  readonly pieces: readonly Loose[];
  /** The piece that holds the greatest part: the identity goes with it. */
  readonly principal: Loose;
}

/** Which list the whole is in, and everything seen from there. */
interface View {
  readonly wholes: readonly Loose[];
  readonly pieces: readonly Loose[];
  readonly near: Candidates;
  /** What each whole is matched with so far. */
  readonly ofWhole: Int32Array;
}

/**
 * Finds wholes whose words are spread over several neighbouring pieces. The whole is aligned with its pieces laid end
 * to end, so that each of its words explains one piece only: a near copy beside an edited paragraph is no piece of it.
 */
export class Regrouping {
  readonly splits: Split[] = [];
  readonly merges: Merge[] = [];
  /** Lesser pieces after a split: new paragraphs that are no additions. */
  readonly pieces = new Set<number>();
  readonly #used = new Set<Loose>();

  readonly #texts: LooseTexts;
  readonly #matching: Matching;

  constructor(texts: LooseTexts, matching: Matching) {
    this.#texts = texts;
    this.#matching = matching;
  }

  /** Neither matched nor part of a split or merge. */
  isFree(text: Loose): boolean {
    if (this.#used.has(text)) return false;
    const { source, target } = this.#matching;
    return ((text.side === 'before' ? target : source)[text.at] ?? -1) < 0;
  }

  /** Takes every split and merge; a paragraph matched by its old text may turn out to be a piece. */
  find(): void {
    const { before, after, nearBefore, nearAfter } = this.#texts;
    const { source, target } = this.#matching;
    const split = { wholes: before, pieces: after, near: nearBefore, ofWhole: target };
    for (const { whole, pieces, principal } of this.#groups(split)) {
      this.splits.push({ before: whole.at, after: pieces.map(({ at }) => at), principal: principal.at });
      for (const piece of pieces) if (piece !== principal) this.pieces.add(piece.at);
      this.#take(whole, pieces);
      link(this.#matching, whole.at, principal.at);
    }
    const merge = { wholes: after, pieces: before, near: nearAfter, ofWhole: source };
    for (const { whole, pieces, principal } of this.#groups(merge)) {
      this.merges.push({ before: pieces.map(({ at }) => at), after: whole.at, principal: principal.at });
      this.#take(whole, pieces);
      link(this.#matching, principal.at, whole.at);
    }
  }

  #take(whole: Loose, pieces: readonly Loose[]): void {
    this.#used.add(whole);
    for (const text of [whole, ...pieces]) {
      this.#used.add(text);
      (text.side === 'before' ? this.#matching.target : this.#matching.source)[text.at] = -1;
    }
  }

  #groups(view: View): Group[] {
    const partners = new Map(view.pieces.map((piece) => [piece.at, piece]));
    const found: (Group & { readonly share: number })[] = [];
    for (const [whole, pieces] of this.#claims(view)) {
      const partner = partners.get(view.ofWhole[whole.at] ?? -1);
      if (partner !== undefined) pieces.push(partner);
      pieces.sort((a, b) => a.at - b.at);
      const { group, explained } = bestRun(whole, pieces, this.#texts.corpus);
      if (group === null || (partner !== undefined && !group.pieces.includes(partner))) continue;
      found.push({ ...group, share: explained / whole.words.weight });
    }
    found.sort((a, b) => b.share - a.share || a.whole.at - b.whole.at);
    const taken = new Set<Loose>();
    return found.filter(({ pieces }) => {
      if (pieces.some((piece) => taken.has(piece))) return false;
      for (const piece of pieces) taken.add(piece);
      return true;
    });
  }

  /** The free pieces that each whole could hold; a short piece may fit several wholes. */
  #claims(view: View): Map<Loose, Loose[]> {
    const { corpus } = this.#texts;
    const claims = new Map<Loose, Loose[]>();
    for (const piece of view.pieces) {
      if (!this.isFree(piece) || piece.words.order.length === 0) continue;
      const due = piece.words.weight * EXPLAINED;
      for (const index of view.near(piece.index)) {
        const whole = view.wholes[index];
        if (whole === undefined || this.#used.has(whole)) continue;
        if (corpus.shared(whole.words, piece.words) < due) continue;
        const list = claims.get(whole);
        if (list === undefined) claims.set(whole, [piece]);
        else list.push(piece);
      }
    }
    return claims;
  }
}

interface Aligned {
  readonly group: Group | null;
  /** Weight of the whole's words that the pieces explain. */
  readonly explained: number;
}

const NO_GROUP: Aligned = { group: null, explained: 0 };

/** The run of neighbouring pieces that explains most of the whole. */
function bestRun(whole: Loose, pieces: readonly Loose[], corpus: Corpus): Aligned {
  const runs: Loose[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && piece.at - last.at <= BETWEEN + 1) run.push(piece);
    else runs.push([piece]);
  }
  let best = NO_GROUP;
  for (const run of runs) {
    if (run.length < 2) continue;
    const aligned = alignPieces(whole, run, corpus);
    if (aligned.explained > best.explained) best = aligned;
  }
  return best;
}

function alignPieces(whole: Loose, pieces: readonly Loose[], corpus: Corpus): Aligned {
  const explained = explainedBy(pieces, whole, corpus);
  const total = explained.reduce((sum, part) => sum + part, 0);
  const fits = pieces.every((piece, index) => (explained[index] ?? 0) >= EXPLAINED * piece.words.weight);
  if (!fits || total < EXPLAINED * whole.words.weight) return NO_GROUP;
  let principal = 0;
  explained.forEach((part, index) => {
    if (part > (explained[principal] ?? 0)) principal = index;
  });
  const first = pieces[principal];
  return first === undefined ? NO_GROUP : { group: { whole, pieces, principal: first }, explained: total };
}

/** How much of the whole's weight each piece explains when they are laid end to end. */
function explainedBy(pieces: readonly Loose[], whole: Loose, corpus: Corpus): Float64Array {
  const joined = new Int32Array(pieces.reduce((length, { words }) => length + words.order.length, 0));
  const owner = new Int32Array(joined.length);
  let at = 0;
  pieces.forEach(({ words }, index) => {
    joined.set(words.order, at);
    owner.fill(index, at, at + words.order.length);
    at += words.order.length;
  });
  const explained = new Float64Array(pieces.length);
  commonSubsequence(joined, whole.words.order, BOUND).forEach((pair, word) => {
    const index = owner[word] ?? 0;
    if (pair >= 0) explained[index] = (explained[index] ?? 0) + corpus.weight(joined[word] ?? 0);
  });
  return explained;
}
