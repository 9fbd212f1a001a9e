import { DaybookError } from '#core/errors.ts';
import { StoredDataError } from '../errors.ts';

/**
 * What to say of a read that failed: it is a finding of its place, and the rest is still to be looked at.
 * @throws what was given where it is none: the store is away (nothing is known of what could not be asked), or the
 * mistake is ours.
 */
export function refusal(error: unknown): string {
  const isRefused = error instanceof DaybookError ? !error.retryable : isSystemError(error);
  if (!isRefused) throw error;
  return `it cannot be read: ${(error as Error).message}`;
}

/** The value of a read; undefined where it is damaged, which the audit tells; a refusal is told to `report`. */
export async function unlessBad<T>(look: () => Promise<T>, report: (problem: string) => void): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    const problem = refusal(error);
    if (!(error instanceof StoredDataError)) report(problem);
    return undefined;
  }
}

/** A disk's own words: a block that cannot be read, a file that may not be. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
