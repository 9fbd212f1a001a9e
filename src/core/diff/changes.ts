import type { DatedBlock } from '../dates/types.ts';
import { hasEvidence, type Redating, redatings } from './dating.ts';
import type { IdMint } from './identity.ts';
import { lateness } from './late.ts';
import type { Alignment } from './match/alignment.ts';
import { type Side, sameText } from './match/key.ts';
import { withoutNumber } from './match/numbering.ts';
import { inPageOrder, type Move, moveChanges } from './moves.ts';
import { increasing } from './sequence.ts';
import { Lexicon } from './substance/lexicon.ts';
import { type Difference, differenceOf } from './substance/substance.ts';
import type { Change, DiffMemory, DiffResult, Merge, Paragraph, ParagraphRef, Split } from './types.ts';

/** Unchanged paragraphs from which a page's names and words are learnt. */
const LEARNT = 240;

/** Turns an alignment into identities and typed changes. */
export class Assembly {
  readonly #before: Side<Paragraph>;
  readonly #after: Side;
  readonly #alignment: Alignment;
  readonly #memory: DiffMemory;
  readonly #ids: IdMint;
  readonly #paragraphs: Paragraph[];
  readonly #changes: Change[] = [];
  readonly #moves: Move[] = [];
  /** Paragraphs after (1) that keep their order among the survivors. */
  readonly #stays: Uint8Array;
  /** Ids that may not be given again: a text may be back beside the paragraph that once had it. */
  #standing: Set<string> | undefined;
  readonly #regroupedBefore: ReadonlySet<number>;
  readonly #regroupedAfter: ReadonlySet<number>;
  readonly #dateOf: (i: number, j: number, sameWords: boolean) => Redating;
  #isLate: ((j: number) => boolean) | undefined;
  readonly #lexicon = new Lexicon(() => this.#unchanged());

  constructor(before: Side<Paragraph>, after: Side, alignment: Alignment, memory: DiffMemory, ids: IdMint) {
    const { splits, merges, source } = alignment;
    this.#before = before;
    this.#after = after;
    this.#alignment = alignment;
    this.#memory = memory;
    this.#ids = ids;
    this.#paragraphs = new Array<Paragraph>(after.length);
    this.#stays = increasing(source);
    this.#regroupedBefore = new Set([
      ...splits.map((split) => split.before),
      ...merges.flatMap((merge) => merge.before),
    ]);
    this.#regroupedAfter = new Set([...splits.flatMap((split) => split.after), ...merges.map((merge) => merge.after)]);
    this.#dateOf = redatings(before.blocks, after.blocks, alignment, this.#regroupedAfter);
  }

  result(): DiffResult {
    const { source, target, splits, merges } = this.#alignment;
    for (const split of splits) this.#split(split);
    for (const merge of merges) this.#merge(merge);
    let survivors = 0;
    for (let j = 0; j < source.length; j++) {
      const i = source[j] ?? -1;
      if (i >= 0) survivors++;
      if (this.#regroupedAfter.has(j)) continue;
      if (i >= 0) this.#survive(i, j);
      else this.#arrive(j);
    }
    for (let i = 0; i < target.length; i++) {
      if ((target[i] ?? -1) >= 0 || this.#regroupedBefore.has(i)) continue;
      this.#changes.push({ kind: 'removed', before: [this.#was(i)], after: [], date: this.#old(i)?.date ?? null });
    }
    const changes = [...this.#changes, ...moveChanges(this.#moves, survivors)];
    return { paragraphs: this.#paragraphs, changes: inPageOrder(changes, target) };
  }

  #old(i: number): Paragraph | undefined {
    return this.#before.blocks[i];
  }

  #was(i: number): ParagraphRef {
    return { id: this.#old(i)?.id ?? '', at: i, text: this.#before.text(i) };
  }

  #is(j: number): ParagraphRef {
    const paragraph = this.#paragraphs[j];
    return { id: paragraph?.id ?? '', at: j, text: paragraph?.text ?? '' };
  }

  #settle(j: number, id: string, dated?: Redating): void {
    const block = this.#after.blocks[j];
    if (block === undefined) return;
    this.#paragraphs[j] =
      dated === undefined ? { ...block, id } : { ...block, id, date: dated.date, dateBasis: dated.basis };
  }

  /** A new paragraph's identity: its old one where its text is back, else a fresh one. */
  #settleNew(j: number): Paragraph | undefined {
    const old = this.#memory.removed[this.#alignment.restored.get(j) ?? -1];
    this.#standing ??= this.#survivors();
    const id = old === undefined || this.#standing.has(old.id) ? this.#ids.mint(this.#after.key(j)) : old.id;
    this.#standing.add(id);
    this.#settle(j, id);
    return old;
  }

  #survivors(): Set<string> {
    const { target } = this.#alignment;
    return new Set(this.#before.blocks.filter((_, i) => (target[i] ?? -1) >= 0).map(({ id }) => id));
  }

  #late(j: number): boolean {
    const { source } = this.#alignment;
    this.#isLate ??= lateness(this.#before.blocks, this.#after.blocks, source, this.#memory.newestDate);
    return this.#isLate(j);
  }

  #survive(i: number, j: number): void {
    const old = this.#old(i);
    const block = this.#after.blocks[j];
    if (old === undefined || block === undefined) return;
    const same = sameText(this.#before, i, this.#after, j) || this.#alignment.renumbered.has(j);
    const dated = this.#dateOf(i, j, same);
    const moved = this.#stays[j] !== 1;
    if (same && !dated.redated) {
      this.#paragraphs[j] = this.#carried(old, j);
      if (moved) this.#moves.push({ before: this.#was(i), after: this.#is(j), date: old.date });
      return;
    }
    this.#settle(j, old.id, dated);
    this.#changes.push({
      kind: dated.redated ? 'redated' : 'edited',
      before: [this.#was(i)],
      after: [this.#is(j)],
      date: dated.date,
      ...(dated.redated ? { dateBefore: old.date } : {}),
      ...(same ? {} : this.#difference(old, block, this.#alignment.numbering.follows(j))),
      ...(dated.redated && !same ? { edited: true } : {}),
      ...(moved ? { moved: true } : {}),
    });
  }

  /** A paragraph as it was, but for where its list counts it now. */
  #carried(old: Paragraph, j: number): Paragraph {
    const { renumbered, numbering } = this.#alignment;
    const marker = renumbered.has(j) ? numbering.markerOf(j) : undefined;
    if (marker === old.marker) return old;
    const { marker: _, ...rest } = old;
    return marker === undefined ? rest : { ...rest, marker };
  }

  #arrive(j: number): void {
    const old = this.#settleNew(j);
    const block = this.#after.blocks[j];
    const date = block?.date ?? null;
    if (old === undefined || block === undefined) {
      const late = this.#late(j);
      this.#changes.push({ kind: 'added', before: [], after: [this.#is(j)], date, ...(late ? { late } : {}) });
      return;
    }
    const redated = hasEvidence(block) && old.date !== date;
    this.#changes.push({
      kind: 'restored',
      before: [],
      after: [this.#is(j)],
      date,
      ...(redated ? { dateBefore: old.date, redated } : {}),
    });
  }

  /** @param listed the number that its list gives a paragraph is no part of what it says, though of its words. */
  #difference(old: Paragraph, now: DatedBlock, listed: boolean): Difference {
    const difference = differenceOf(old, now, this.#lexicon);
    if (!listed || difference.substance !== 'facts') return difference;
    const { substance } = differenceOf(withoutNumber(old), withoutNumber(now), this.#lexicon);
    return { ...difference, substance };
  }

  #split(split: Split): void {
    const dated = this.#dateOf(split.before, split.principal, false);
    for (const j of split.after) {
      if (j === split.principal) this.#settle(j, this.#old(split.before)?.id ?? '', dated);
      else this.#settleNew(j);
    }
    this.#regroup('split', [split.before], split.after, split.before, split.principal);
  }

  #merge(merge: Merge): void {
    const dated = this.#dateOf(merge.principal, merge.after, false);
    this.#settle(merge.after, this.#old(merge.principal)?.id ?? '', dated);
    this.#regroup('merged', merge.before, [merge.after], merge.principal, merge.after);
  }

  #regroup(kind: 'split' | 'merged', from: readonly number[], to: readonly number[], i: number, j: number): void {
    const letters = (keys: readonly string[]): string => keys.join('').replace(/\s/gu, '');
    const datesBefore = from.map((at) => this.#old(at)?.date ?? null);
    const datesAfter = to.map((at) => this.#paragraphs[at]?.date ?? null);
    const redated = !datesBefore.some((date) => datesAfter.includes(date));
    const edited = letters(from.map((at) => this.#before.key(at))) !== letters(to.map((at) => this.#after.key(at)));
    this.#changes.push({
      kind,
      before: from.map((at) => this.#was(at)),
      after: to.map((at) => this.#is(at)),
      date: this.#paragraphs[j]?.date ?? null,
      ...(redated ? { dateBefore: this.#old(i)?.date ?? null } : {}),
      ...(this.#stays[j] === 1 ? {} : { moved: true }),
      ...(edited ? { edited } : {}),
      ...(redated ? { redated } : {}),
    });
  }

  *#unchanged(): Iterable<string> {
    const { target } = this.#alignment;
    const step = Math.ceil(target.length / LEARNT);
    for (let i = 0; i < target.length; i += step) {
      const text = this.#before.text(i);
      if (text === this.#after.text(target[i] ?? -1)) yield text;
    }
  }
}
