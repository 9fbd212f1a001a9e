import { UnavailableError } from '#app/errors.ts';
import { DaybookError } from '#core/errors.ts';

/** An AWS service understood the call and refused it: asking again changes nothing. */
export class RefusedError extends DaybookError {
  constructor(message: string, cause: unknown) {
    super(message, { code: 'refused', cause });
  }
}

/** Names of errors, and codes of broken connections, after which the same call may succeed. */
const PASSING =
  /Throttl|Throughput|RequestLimit|SlowDown|TooManyRequests|InternalServer|InternalFailure|InternalError|ServiceUnavailable|Timeout|TimedOut/i;
const DENIED = /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|Forbidden/i;
const BROKEN = /\b(ECONN[A-Z]+|EPIPE|EAI_AGAIN|ENOTFOUND)\b/;

/** The SDK's error as one of Daybook's. Its own message stays in `cause`: it may quote what was sent. */
export function awsFailure(cause: unknown, service: string): DaybookError {
  if (cause instanceof DaybookError) return cause;
  const name = nameOf(cause);
  const status = httpStatus(cause);
  const isPassing =
    PASSING.test(name) || BROKEN.test(name) || status === 429 || (status !== undefined && status >= 500);
  if (isPassing) return new UnavailableError(`${service} did not answer (${name}); try again`, cause);
  return new RefusedError(`${service} refused the call (${name}); check its permissions and its settings`, cause);
}

/** Whether the caller lacks a permission. */
export function isDenied(cause: unknown): boolean {
  return cause instanceof Error && (DENIED.test(cause.name) || httpStatus(cause) === 403);
}

export function httpStatus(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
}

function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? `${cause.name} ${cause.code}` : cause.name;
}
