import { DaybookError } from '#core/errors.ts';

/** An error as fields of a log line: what it says, its code, whether trying again may help, and what caused it. */
export function errorFields(error: unknown): Record<string, unknown> {
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
  const code = error instanceof DaybookError ? error.code : error instanceof Error ? error.name : 'unknown';
  const retryable = error instanceof DaybookError && error.retryable;
  return { error: message, code, retryable, ...(cause === undefined ? {} : { cause: String(cause) }) };
}
