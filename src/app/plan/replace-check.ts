import type { CheckState } from '#core/schedule/check.ts';
import { ConflictError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';

/** Writes a page's check. False when another worker changed it first: that worker plans the page, this one leaves it. */
export async function replaceCheck(
  history: Pick<HistoryStore, 'putCheck'>,
  next: CheckState,
  expected: CheckState | null,
): Promise<boolean> {
  try {
    await history.putCheck(next, expected);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
