import { DaybookError } from '#core/errors.ts';
import { StoredDataError } from '../errors.ts';

/**
 * The text of a finding about a failed read, so that the rest of the store is still verified.
 * @throws the given error when the store is not available, or the error is a bug.
 */
export function refusal(error: unknown): string {
  const isRefused = error instanceof DaybookError ? !error.retryable : isSystemError(error);
  if (!isRefused) throw error;
  return `it cannot be read: ${(error as Error).message}`;
}

/** The value of a read; undefined where it is damaged, which the audit reports; a refusal is passed to `report`. */
export async function unlessBad<T>(look: () => Promise<T>, report: (problem: string) => void): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    const problem = refusal(error);
    if (!(error instanceof StoredDataError)) report(problem);
    return undefined;
  }
}

/** An error of the operating system, such as an unreadable block or a missing permission. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
