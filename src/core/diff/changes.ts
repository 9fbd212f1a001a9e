import type { DatedBlock } from '../dates/types.ts';
import { comparisonKey } from '../page/index.ts';
import type { Alignment } from './alignment.ts';
import { hasEvidence, lateness, redatings } from './dating.ts';
import type { IdMint } from './identity.ts';
import { type Side, sameText } from './key.ts';
import { increasing } from './sequence.ts';
import { substanceOf } from './substance.ts';
import type { Change, ChangeKind, DiffMemory, DiffResult, Paragraph, ParagraphRef } from './types.ts';
import { wordDiff } from './words.ts';

/** Moves from which on (and share of the surviving paragraphs) they are told as one reordering. */
const MANY_MOVES = 4;
const MANY_SHARE = 0.2;
/** So many moves are a reordering on a page of any length. */
const STORM = 32;

interface Flags {
  moved?: true;
  edited?: true;
  redated?: true;
}

/** Turns an alignment into identities and typed changes. */
export function changesOf(
  before: Side<Paragraph>,
  after: Side,
  alignment: Alignment,
  memory: DiffMemory,
  ids: IdMint,
): DiffResult {
  const { source, target } = alignment;
  const stay = increasing(source);
  const regrouped = new Set([
    ...alignment.splits.flatMap((split) => split.after),
    ...alignment.merges.map((merge) => merge.after),
  ]);
  const dateOf = redatings(before.blocks, after.blocks, alignment, regrouped);
  const isLate = lateness(before.blocks, after.blocks, source, memory.newestDate);
  const paragraphs: Paragraph[] = new Array(after.blocks.length);
  const changes: Change[] = [];
  const handledBefore = new Set<number>();
  const handledAfter = new Set<number>();
  const gone = (at: number): Paragraph | undefined => memory.gone[at];

  /** Ids that may not be given again: a text may be back beside the paragraph that once had it. */
  const standing = new Set<string>();
  before.blocks.forEach(({ id }, i) => {
    if ((target[i] ?? -1) >= 0) standing.add(id);
  });

  const refBefore = (i: number): ParagraphRef => {
    const paragraph = before.blocks[i];
    return { id: paragraph?.id ?? '', at: i, text: paragraph?.text ?? '' };
  };
  const refAfter = (j: number): ParagraphRef => {
    const paragraph = paragraphs[j];
    return { id: paragraph?.id ?? '', at: j, text: paragraph?.text ?? '' };
  };
  const settle = (j: number, id: string, dated: Pick<DatedBlock, 'date' | 'dateBasis'> | null): void => {
    const block = after.blocks[j];
    if (block !== undefined) paragraphs[j] = { ...block, ...(dated ?? {}), id };
  };
  /** A new paragraph: an old identity when its text is back, else a fresh one. */
  const settleNew = (j: number): void => {
    const at = alignment.restored.get(j);
    const old = at === undefined ? undefined : gone(at);
    const id = old === undefined || standing.has(old.id) ? ids.mint(after.key(j)) : old.id;
    standing.add(id);
    settle(j, id, null);
  };

  for (const split of alignment.splits) {
    handledBefore.add(split.before);
    const was = before.blocks[split.before];
    for (const j of split.after) {
      handledAfter.add(j);
      if (j === split.principal) {
        const dated = dateOf(split.before, j, false);
        settle(j, was?.id ?? '', { date: dated.date, dateBasis: dated.basis });
      } else settleNew(j);
    }
    const now = paragraphs[split.principal];
    const flags: Flags = {};
    if (stay[split.principal] !== 1) flags.moved = true;
    const dates = split.after.map((j) => paragraphs[j]?.date ?? null);
    if (was !== undefined && !dates.includes(was.date)) flags.redated = true;
    if (joined(split.after.map((j) => after.key(j))) !== joined([before.key(split.before)])) flags.edited = true;
    changes.push({
      kind: 'split',
      before: [refBefore(split.before)],
      after: split.after.map(refAfter),
      date: now?.date ?? null,
      ...(flags.redated ? { dateBefore: was?.date ?? null } : {}),
      ...flags,
    });
  }
  for (const merge of alignment.merges) {
    handledAfter.add(merge.after);
    for (const i of merge.before) handledBefore.add(i);
    const was = before.blocks[merge.principal];
    const dated = dateOf(merge.principal, merge.after, false);
    settle(merge.after, was?.id ?? '', { date: dated.date, dateBasis: dated.basis });
    const flags: Flags = {};
    if (stay[merge.after] !== 1) flags.moved = true;
    const dates = merge.before.map((i) => before.blocks[i]?.date ?? null);
    if (!dates.includes(dated.date)) flags.redated = true;
    if (joined(merge.before.map((i) => before.key(i))) !== joined([after.key(merge.after)])) flags.edited = true;
    changes.push({
      kind: 'merged',
      before: merge.before.map(refBefore),
      after: [refAfter(merge.after)],
      date: dated.date,
      ...(flags.redated ? { dateBefore: was?.date ?? null } : {}),
      ...flags,
    });
  }

  const movedOnly: number[] = [];
  for (let j = 0; j < after.blocks.length; j++) {
    if (handledAfter.has(j)) continue;
    const i = source[j] ?? -1;
    const was = before.blocks[i];
    if (was === undefined) {
      settleNew(j);
      const old = alignment.restored.get(j);
      const was = old === undefined ? undefined : gone(old);
      const date = paragraphs[j]?.date ?? null;
      if (was === undefined) {
        changes.push({ kind: 'added', before: [], after: [refAfter(j)], date, ...(isLate(j) ? { late: true } : {}) });
      } else {
        const flags: Flags = {};
        const text = after.blocks[j]?.text ?? '';
        const words = comparisonKey(was.text) === after.key(j) ? undefined : wordDiff(was.text, text);
        if (words !== undefined) flags.edited = true;
        const block = after.blocks[j];
        if (block !== undefined && hasEvidence(block) && was.date !== date) flags.redated = true;
        changes.push({
          kind: 'restored',
          before: [],
          after: [refAfter(j)],
          date,
          ...(flags.redated ? { dateBefore: was.date } : {}),
          ...(words === undefined ? {} : { substance: substanceOf(words), words }),
          ...flags,
        });
      }
      continue;
    }
    const same = sameText(before, i, after, j) || alignment.renumbered.has(j);
    const dated = dateOf(i, j, same);
    const moved = stay[j] !== 1;
    if (same && !dated.redated) {
      paragraphs[j] = was;
      if (moved) movedOnly.push(j);
      continue;
    }
    settle(j, was.id, { date: dated.date, dateBasis: dated.basis });
    const kind: ChangeKind = dated.redated ? 'redated' : 'edited';
    const words = same ? undefined : wordDiff(was.text, after.blocks[j]?.text ?? '');
    changes.push({
      kind,
      before: [refBefore(i)],
      after: [refAfter(j)],
      date: dated.date,
      ...(dated.redated ? { dateBefore: was.date } : {}),
      ...(words === undefined ? {} : { substance: substanceOf(words), words }),
      ...(kind === 'redated' && !same ? { edited: true } : {}),
      ...(moved ? { moved: true } : {}),
    });
  }

  const survivors = source.reduce((count, i) => count + (i >= 0 ? 1 : 0), 0);
  const moves = movedOnly;
  if ((moves.length >= MANY_MOVES && moves.length >= survivors * MANY_SHARE) || moves.length >= STORM) {
    const order = moves.map((j) => source[j] ?? 0).sort((a, b) => a - b);
    changes.push({ kind: 'reordered', before: order.map(refBefore), after: moves.map(refAfter), date: null });
  } else {
    for (const j of moves) {
      const date = paragraphs[j]?.date ?? null;
      changes.push({ kind: 'moved', before: [refBefore(source[j] ?? 0)], after: [refAfter(j)], date });
    }
  }
  for (let i = 0; i < before.blocks.length; i++) {
    if (handledBefore.has(i) || (target[i] ?? -1) >= 0) continue;
    changes.push({ kind: 'removed', before: [refBefore(i)], after: [], date: before.blocks[i]?.date ?? null });
  }
  return { paragraphs, changes: inPageOrder(changes, target) };
}

function joined(keys: readonly (string | undefined)[]): string {
  return keys.map((key) => (key ?? '').replace(/\s/gu, '')).join('');
}

/** By place in the new list; a removal comes after what stood before it and still stands. */
function inPageOrder(changes: readonly Change[], target: Int32Array): Change[] {
  const above = new Int32Array(target.length);
  let last = -1;
  for (let i = 0; i < target.length; i++) {
    above[i] = last;
    if ((target[i] ?? -1) >= 0) last = target[i] ?? -1;
  }
  const place = (change: Change): number => {
    const first = change.after[0];
    if (first !== undefined) return first.at;
    return (above[change.before[0]?.at ?? 0] ?? -1) + 0.5;
  };
  return changes
    .map((change) => ({ change, place: place(change), from: change.before[0]?.at ?? -1 }))
    .sort((a, b) => a.place - b.place || a.from - b.from)
    .map(({ change }) => change);
}
