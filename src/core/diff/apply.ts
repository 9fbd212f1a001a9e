import { DaybookError } from '../errors.ts';
import type { Change, Paragraph } from './types.ts';

type Named = Pick<Paragraph, 'id' | 'text'>;

/** The changes do not fit the list they are applied to. */
export class ApplyError extends DaybookError {
  constructor(message: string) {
    super(message, { code: 'changes-do-not-fit' });
  }
}

/**
 * Applies a revision's changes to the paragraphs before it: removes every `before` by position, inserts every `after`
 * at its position and keeps the order of the rest.
 * @returns the paragraphs after the revision, as ids and texts in order.
 * @throws ApplyError when the paragraph at a change's position is another one.
 */
export function apply(before: readonly Named[], changes: readonly Pick<Change, 'before' | 'after'>[]): Named[] {
  const removed = new Set<number>();
  for (const { at, id, text } of changes.flatMap((change) => change.before)) {
    const found = before[at];
    if (found?.id !== id || found.text !== text || removed.has(at)) {
      throw new ApplyError(
        `Position ${at} of the list does not have the text that a change removes there: ${text.slice(0, 60)}`,
      );
    }
    removed.add(at);
  }
  const insertions = changes.flatMap((change) => change.after);
  const length = before.length - removed.size + insertions.length;
  const slots = new Map<number, Named>();
  for (const { at, id, text } of insertions) {
    if (!Number.isInteger(at) || at < 0 || at >= length || slots.has(at)) {
      throw new ApplyError(`A change inserts at position ${at} of ${length}, which is taken or outside the list.`);
    }
    slots.set(at, { id, text });
  }
  const rest = before.filter((_, at) => !removed.has(at)).map(({ id, text }) => ({ id, text }));
  let next = 0;
  return Array.from({ length }, (_, at) => slots.get(at) ?? rest[next++]).filter((item) => item !== undefined);
}
