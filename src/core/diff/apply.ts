import { DaybookError } from '../errors.ts';
import type { Change } from './types.ts';

/** A change as `replay --json` prints it: texts and their positions in the two lists. */
export interface TextChange {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly beforeAt: readonly number[];
  readonly afterAt: readonly number[];
}

/** The changes do not fit the list they are applied to. */
export class ApplyError extends DaybookError {
  constructor(message: string) {
    super(message, { code: 'changes-do-not-fit' });
  }
}

interface Placed<T> {
  readonly at: number;
  readonly item: T;
}

/**
 * Applies a revision's changes to the paragraphs before it: removes every `before` by position, inserts every `after`
 * at its position and keeps the order of the rest.
 * @returns the paragraphs after the revision, as ids and texts in order.
 * @throws ApplyError when the paragraph at a change's position is another one.
 */
export function apply<T extends { readonly id: string; readonly text: string }>(
  before: readonly T[],
  changes: readonly Change[],
): { id: string; text: string }[] {
  const removals: Placed<string>[] = [];
  const insertions: Placed<{ id: string; text: string }>[] = [];
  for (const change of changes) {
    for (const ref of change.before) removals.push({ at: ref.at, item: `${ref.id} ${ref.text}` });
    for (const ref of change.after) insertions.push({ at: ref.at, item: { id: ref.id, text: ref.text } });
  }
  const list = before.map(({ id, text }) => ({ id, text }));
  return rearrange(list, removals, insertions, ({ id, text }) => `${id} ${text}`);
}

/**
 * The same for plain texts, from the JSON that `replay` prints.
 * @throws ApplyError when the text at a change's position is another one, or texts and positions differ in number.
 */
export function applyTexts(before: readonly string[], changes: readonly TextChange[]): string[] {
  const removals = changes.flatMap(({ before: texts, beforeAt }) => placed(texts, beforeAt));
  const insertions = changes.flatMap(({ after, afterAt }) => placed(after, afterAt));
  return rearrange(before, removals, insertions, (text) => text);
}

function placed(texts: readonly string[], positions: readonly number[]): Placed<string>[] {
  if (texts.length !== positions.length) {
    throw new ApplyError(
      `A change has ${texts.length} texts and ${positions.length} positions. It needs one position a text.`,
    );
  }
  return texts.map((item, index) => ({ at: positions[index] ?? -1, item }));
}

function rearrange<T>(
  before: readonly T[],
  removals: readonly Placed<string>[],
  insertions: readonly Placed<T>[],
  name: (item: T) => string,
): T[] {
  const removed = new Set<number>();
  for (const { at, item } of removals) {
    const found = before[at];
    if (found === undefined || removed.has(at) || name(found) !== item) {
      throw new ApplyError(
        `Position ${at} of the list does not have the text that a change removes there: ${item.slice(0, 60)}`,
      );
    }
    removed.add(at);
  }
  const length = before.length - removed.size + insertions.length;
  const slots = new Map<number, T>();
  for (const { at, item } of insertions) {
    if (!Number.isInteger(at) || at < 0 || at >= length || slots.has(at)) {
      throw new ApplyError(`A change inserts at position ${at} of ${length}, which is taken or outside the list.`);
    }
    slots.set(at, item);
  }
  const rest = before.filter((_, at) => !removed.has(at));
  const after: T[] = [];
  let next = 0;
  for (let at = 0; at < length; at++) {
    const item = slots.has(at) ? slots.get(at) : rest[next++];
    if (item !== undefined) after.push(item);
  }
  return after;
}
