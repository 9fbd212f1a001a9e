import { DaybookError } from '#core/errors.ts';

/** Another worker changed the same page first; doing the work again on the new state will succeed. */
export class ConflictError extends DaybookError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'conflict', retryable: true, cause });
  }
}

/** Stored data that must exist is missing, or does not have its hash. */
export class StoredDataError extends DaybookError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'stored-data', cause });
  }
}

/** A store or a channel could not be reached, or asked to be tried again. */
export class UnavailableError extends DaybookError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'unavailable', retryable: true, cause });
  }
}

/** The store was written in another format than this version reads. Trying again does not help. */
export class StoreFormatError extends DaybookError {
  constructor(message: string) {
    super(message, { code: 'store-format' });
  }
}

/** The time of a call to send is over. What was not sent is sent by the next call, under the same keys. */
export class NotifyLateError extends DaybookError {
  constructor() {
    super('There are more alerts than one call has time to send; the next call sends the rest', {
      code: 'notify-late',
      retryable: true,
    });
  }
}

/** Some jobs of a call failed; the log names each. Their pages are due again when their leases end. */
export class JobsFailedError extends DaybookError {
  constructor(failed: number, of: number) {
    super(`${failed} of ${of} jobs failed; the log names each of them`, { code: 'jobs-failed', retryable: true });
  }
}

/** What `read` gives, or `otherwise` where the stored data is damaged: for callers that can do without it. */
export async function unlessDamaged<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoredDataError) return otherwise;
    throw error;
  }
}
