import { ConflictError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';
import type { AddedSeries } from './record.ts';

/** Writes the record of a series. False when another worker changed it first. */
export async function replaceSeries(
  history: Pick<HistoryStore, 'putSeries'>,
  next: AddedSeries,
  expected: { readonly version: number } | null,
): Promise<boolean> {
  try {
    await history.putSeries(next, expected);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
