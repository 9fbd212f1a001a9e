/** What a Daybook error says to machines: a stable code, and whether the same call may succeed later. */
export interface ErrorOptionsWithCode {
  readonly code: string;
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/**
 * Base of every error that Daybook throws on purpose. `message` says what was given and what to do,
 * on one line; `code` is stable and may be matched on; `retryable` tells queues and back-off what to do.
 */
export class DaybookError extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(message: string, options: ErrorOptionsWithCode) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.retryable = options.retryable ?? false;
  }
}

/** The caller's input is wrong (an argument, a configuration field, a query): exit code 2, HTTP 400. */
export class UsageError extends DaybookError {
  constructor(message: string, options: { code?: string; cause?: unknown } = {}) {
    super(message, { code: options.code ?? 'usage', cause: options.cause });
  }
}

/** The page or the stored data is bad: exit code 1. */
export class PageError extends DaybookError {}
