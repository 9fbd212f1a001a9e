import { DaybookError } from '../errors.ts';
import type { Change } from './types.ts';

/** A change as `replay --json` prints it: texts, with the positions they have in the two lists. */
export interface TextChange {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly beforeAt: readonly number[];
  readonly afterAt: readonly number[];
}

/** The changes do not belong to the list they were applied to. */
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
 * Applies a revision's changes to the paragraphs before it and returns the paragraphs after it, as ids and texts in
 * order: every `before` is taken out by position, every `after` put at its position, the rest keeps its order.
 * @throws ApplyError when a change names a paragraph that is not where it says.
 */
export function apply<T extends { readonly id: string; readonly text: string }>(
  before: readonly T[],
  changes: readonly Change[],
): { id: string; text: string }[] {
  const taken: Placed<string>[] = [];
  const put: Placed<{ id: string; text: string }>[] = [];
  for (const change of changes) {
    for (const ref of change.before) taken.push({ at: ref.at, item: `${ref.id} ${ref.text}` });
    for (const ref of change.after) put.push({ at: ref.at, item: { id: ref.id, text: ref.text } });
  }
  const list = before.map(({ id, text }) => ({ id, text }));
  return rearrange(list, taken, put, ({ id, text }) => `${id} ${text}`);
}

/**
 * The same on plain texts, from the JSON that `replay` prints.
 * @throws ApplyError when a change names a text that is not where it says, or has other positions than texts.
 */
export function applyTexts(before: readonly string[], changes: readonly TextChange[]): string[] {
  const taken: Placed<string>[] = [];
  const put: Placed<string>[] = [];
  for (const change of changes) {
    taken.push(...placed(change.before, change.beforeAt));
    put.push(...placed(change.after, change.afterAt));
  }
  return rearrange(before, taken, put, (text) => text);
}

function placed(texts: readonly string[], positions: readonly number[]): Placed<string>[] {
  if (texts.length !== positions.length) {
    throw new ApplyError(
      `A change has ${texts.length} texts and ${positions.length} positions: they must be equally many.`,
    );
  }
  return texts.map((item, index) => ({ at: positions[index] ?? -1, item }));
}

function rearrange<T>(
  before: readonly T[],
  taken: readonly Placed<string>[],
  put: readonly Placed<T>[],
  name: (item: T) => string,
): T[] {
  const gone = new Set<number>();
  for (const { at, item } of taken) {
    const there = before[at];
    if (there === undefined || gone.has(at) || name(there) !== item) {
      throw new ApplyError(
        `Position ${at} of the list does not hold what a change takes from it: ${item.slice(0, 60)}`,
      );
    }
    gone.add(at);
  }
  const length = before.length - gone.size + put.length;
  const slots = new Map<number, T>();
  for (const { at, item } of put) {
    if (!Number.isInteger(at) || at < 0 || at >= length || slots.has(at)) {
      throw new ApplyError(`Two changes, or none that fits, put a paragraph at position ${at} of ${length}.`);
    }
    slots.set(at, item);
  }
  const rest = before.filter((_, at) => !gone.has(at));
  const after: T[] = [];
  let next = 0;
  for (let at = 0; at < length; at++) {
    const item = slots.has(at) ? slots.get(at) : rest[next++];
    if (item !== undefined) after.push(item);
  }
  return after;
}
