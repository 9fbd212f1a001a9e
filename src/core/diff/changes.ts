import { hasEvidence, type Redating, redatings } from './dating.ts';
import { differences } from './difference.ts';
import type { IdMint } from './identity.ts';
import { lateness } from './late.ts';
import type { Alignment } from './match/alignment.ts';
import { type Side, sameText } from './match/key.ts';
import { inPageOrder, type Move, moveChanges } from './moves.ts';
import { increasing } from './sequence.ts';
import type { Change, DiffMemory, DiffResult, Merge, Paragraph, ParagraphRef, Split } from './types.ts';

/** Turns an alignment into paragraphs with ids and typed changes. */
export class Assembly {
  readonly #before: Side<Paragraph>;
  readonly #after: Side;
  readonly #alignment: Alignment;
  readonly #memory: DiffMemory;
  readonly #ids: IdMint;
  readonly #paragraphs: Paragraph[];
  readonly #changes: Change[] = [];
  readonly #moves: Move[] = [];
  /** Marks (1) the paragraphs after that keep their order. */
  readonly #inOrder: Uint8Array;
  /** Ids of the new revision: a text may return while the paragraph that once had it is still present. */
  #usedIds: Set<string> | undefined;
  readonly #regroupedBefore: ReadonlySet<number>;
  readonly #regroupedAfter: ReadonlySet<number>;
  readonly #dateOf: ReturnType<typeof redatings>;
  readonly #difference: ReturnType<typeof differences>;
  #isLate: ((j: number) => boolean) | undefined;

  constructor(before: Side<Paragraph>, after: Side, alignment: Alignment, memory: DiffMemory, ids: IdMint) {
    const { splits, merges, source } = alignment;
    this.#before = before;
    this.#after = after;
    this.#alignment = alignment;
    this.#memory = memory;
    this.#ids = ids;
    this.#paragraphs = new Array<Paragraph>(after.length);
    this.#inOrder = increasing(source);
    this.#regroupedBefore = new Set([
      ...splits.map((split) => split.before),
      ...merges.flatMap((merge) => merge.before),
    ]);
    this.#regroupedAfter = new Set([...splits.flatMap((split) => split.after), ...merges.map((merge) => merge.after)]);
    this.#dateOf = redatings(before.blocks, after.blocks, alignment, this.#regroupedAfter);
    this.#difference = differences(before, after, alignment);
  }

  result(): DiffResult {
    const { source, target, splits, merges } = this.#alignment;
    for (const split of splits) this.#split(split);
    for (const merge of merges) this.#merge(merge);
    for (let j = 0; j < source.length; j++) {
      if (this.#regroupedAfter.has(j)) continue;
      const i = source[j] ?? -1;
      if (i >= 0) this.#match(i, j);
      else this.#add(j);
    }
    for (let i = 0; i < target.length; i++) {
      if ((target[i] ?? -1) >= 0 || this.#regroupedBefore.has(i)) continue;
      this.#changes.push({ kind: 'removed', before: [this.#was(i)], after: [], date: this.#old(i)?.date ?? null });
    }
    const matched = source.filter((i) => i >= 0).length;
    const changes = [...this.#changes, ...moveChanges(this.#moves, matched)];
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

  #place(j: number, id: string, dated?: Redating): void {
    const block = this.#after.blocks[j];
    if (block === undefined) return;
    this.#paragraphs[j] =
      dated === undefined ? { ...block, id } : { ...block, id, date: dated.date, dateBasis: dated.basis };
  }

  /** A restored paragraph gets its old id back, a new one a new id. @returns the restored paragraph, if it is one. */
  #placeNew(j: number): Paragraph | undefined {
    const { target, restored } = this.#alignment;
    const old = this.#memory.removed[restored.get(j) ?? -1];
    this.#usedIds ??= new Set(this.#before.blocks.filter((_, i) => (target[i] ?? -1) >= 0).map(({ id }) => id));
    const id = old === undefined || this.#usedIds.has(old.id) ? this.#ids.mint(this.#after.key(j)) : old.id;
    this.#usedIds.add(id);
    this.#place(j, id);
    return old;
  }

  #match(i: number, j: number): void {
    const old = this.#old(i);
    if (old === undefined) return;
    const same = sameText(this.#before, i, this.#after, j) || this.#alignment.renumbered.has(j);
    const { redated, ...dated } = this.#dateOf(i, j, same);
    const moved = this.#inOrder[j] !== 1;
    if (same && !redated) {
      this.#paragraphs[j] = this.#unchanged(old, j);
      if (moved) this.#moves.push({ before: this.#was(i), after: this.#is(j), date: old.date });
      return;
    }
    this.#place(j, old.id, { redated, ...dated });
    this.#changes.push({
      kind: redated ? 'redated' : 'edited',
      before: [this.#was(i)],
      after: [this.#is(j)],
      date: dated.date,
      ...(redated ? { dateBefore: old.date } : {}),
      ...(same ? {} : this.#difference(i, j)),
      ...(redated && !same ? { edited: true } : {}),
      ...(moved ? { moved: true } : {}),
    });
  }

  /** The old paragraph, with its new list number where that changed. */
  #unchanged(old: Paragraph, j: number): Paragraph {
    const { renumbered, numbering } = this.#alignment;
    const marker = renumbered.has(j) ? numbering.markerOf(j) : undefined;
    if (marker === old.marker) return old;
    const { marker: _, ...rest } = old;
    return marker === undefined ? rest : { ...rest, marker };
  }

  #add(j: number): void {
    const old = this.#placeNew(j);
    const block = this.#after.blocks[j];
    const date = block?.date ?? null;
    if (old === undefined || block === undefined) {
      this.#isLate ??= lateness(
        this.#before.blocks,
        this.#after.blocks,
        this.#alignment.source,
        this.#memory.newestDate,
      );
      const late = this.#isLate(j) ? { late: true } : {};
      this.#changes.push({ kind: 'added', before: [], after: [this.#is(j)], date, ...late });
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

  #split(split: Split): void {
    const dated = this.#dateOf(split.before, split.principal, false);
    for (const j of split.after) {
      if (j === split.principal) this.#place(j, this.#old(split.before)?.id ?? '', dated);
      else this.#placeNew(j);
    }
    this.#regroup('split', [split.before], split.after, split.before, split.principal);
  }

  #merge(merge: Merge): void {
    const dated = this.#dateOf(merge.principal, merge.after, false);
    this.#place(merge.after, this.#old(merge.principal)?.id ?? '', dated);
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
      ...(this.#inOrder[j] === 1 ? {} : { moved: true }),
      ...(edited ? { edited } : {}),
      ...(redated ? { redated } : {}),
    });
  }
}
