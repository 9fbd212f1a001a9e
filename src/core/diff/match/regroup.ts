import { addTo } from '../../groups.ts';
import type { Matching, Merge, Split } from '../types.ts';
import type { Candidates } from './candidates.ts';
import { link } from './exact.ts';
import { bestRun, type Group, MIN_EXPLAINED_SHARE } from './pieces.ts';
import type { Unmatched, UnmatchedTexts } from './unmatched.ts';

/** The two sides in their roles: wholes before for splits, wholes after for merges. */
interface View {
  readonly wholes: readonly Unmatched[];
  readonly pieces: readonly Unmatched[];
  readonly near: Candidates;
  /** For each whole, the index that it is matched with so far. */
  readonly ofWhole: Int32Array;
}

/**
 * Finds splits and merges: wholes whose words are spread over several neighbouring pieces. Each word of the whole counts
 * for one piece only, so that a near copy next to an edited paragraph is no piece of it.
 */
export class Regrouping {
  readonly splits: Split[] = [];
  readonly merges: Merge[] = [];
  /** The smaller pieces after splits: new paragraphs that are no additions. */
  readonly pieces = new Set<number>();
  readonly #used = new Set<Unmatched>();

  readonly #texts: UnmatchedTexts;
  readonly #matching: Matching;

  constructor(texts: UnmatchedTexts, matching: Matching) {
    this.#texts = texts;
    this.#matching = matching;
  }

  /** Whether a text is neither matched nor part of a split or merge. */
  isFree(text: Unmatched): boolean {
    if (this.#used.has(text)) return false;
    const { source, target } = this.#matching;
    return ((text.side === 'before' ? target : source)[text.at] ?? -1) < 0;
  }

  /** Records every split and merge; a paragraph that was matched by an earlier text may become a piece. */
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

  #take(whole: Unmatched, pieces: readonly Unmatched[]): void {
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
    const taken = new Set<Unmatched>();
    return found.filter(({ pieces }) => {
      if (pieces.some((piece) => taken.has(piece))) return false;
      for (const piece of pieces) taken.add(piece);
      return true;
    });
  }

  /** The free pieces that each whole may contain; a short piece may fit several wholes. */
  #claims(view: View): Map<Unmatched, Unmatched[]> {
    const { corpus } = this.#texts;
    const claims = new Map<Unmatched, Unmatched[]>();
    for (const piece of view.pieces) {
      if (!this.isFree(piece) || piece.words.order.length === 0) continue;
      const due = piece.words.weight * MIN_EXPLAINED_SHARE;
      for (const index of view.near(piece.index)) {
        const whole = view.wholes[index];
        if (whole === undefined || this.#used.has(whole)) continue;
        if (corpus.shared(whole.words, piece.words) >= due) addTo(claims, whole, piece);
      }
    }
    return claims;
  }
}
