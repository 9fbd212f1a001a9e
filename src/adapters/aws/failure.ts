import { UnavailableError } from '#app/errors.ts';
import { DaybookError } from '#core/errors.ts';
import { setupFailure } from './setup-failure.ts';

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
/** A table, bucket, queue or function of that name is not where the credentials and the region lead; S3 redirects then. */
const ABSENT =
  /ResourceNotFound|NoSuchBucket|QueueDoesNotExist|NonExistentQueue|PermanentRedirect|AuthorizationHeaderMalformed/;
const BROKEN = /\b(ECONN[A-Z]+|EPIPE|EAI_AGAIN|ENOTFOUND)\b/;

/**
 * The SDK's error as one of Daybook's. Its own message stays in `cause`, as it may quote what was sent; of a missing
 * permission the action, the resource and the caller's ARN are shown.
 * @param asked what the call needed, for services that do not say what is missing: `s3:PutObject on bucket captures`.
 */
export function awsFailure(cause: unknown, service: string, asked?: string): DaybookError {
  if (cause instanceof DaybookError) return cause;
  const setup = setupFailure(cause);
  if (setup !== null) return setup;
  const name = nameOf(cause);
  const status = httpStatus(cause);
  const isPassing =
    PASSING.test(name) || BROKEN.test(name) || status === 429 || (status !== undefined && status >= 500);
  if (isPassing) return new UnavailableError(`${service} did not answer (${name}); try again`, cause);
  if (ABSENT.test(name)) {
    const message = `${service} does not have what was named (${name}): check the account, the region and the name`;
    return new RefusedError(message, cause);
  }
  const missing = isDenied(cause)
    ? (missingRight(cause) ?? (asked === undefined ? null : `${asked} is missing`))
    : null;
  if (missing !== null) return new RefusedError(`${service} refused the call (${name}): ${missing}`, cause);
  return new RefusedError(`${service} refused the call (${name}); check its permissions and its settings`, cause);
}

/** Whether the caller lacks a permission. */
export function isDenied(cause: unknown): boolean {
  return cause instanceof Error && (DENIED.test(cause.name) || httpStatus(cause) === 403);
}

const NOT_AUTHORIZED =
  /User: (arn:[\w+=,.@:/-]+) is not authorized to perform: ([\w-]+:[\w*]+)(?: on resource: "?(arn:[^\s"]+|\*))?/;

/** What a refusal says about itself. Nothing else of its message is taken. */
function missingRight(cause: unknown): string | null {
  const message = cause instanceof Error ? cause.message : '';
  const found = NOT_AUTHORIZED.exec(message);
  if (found === null) return null;
  const [, principal, action, resource] = found;
  const right = `${action}${resource === undefined ? '' : ` on ${resource.slice(0, 300)}`}`;
  return /with an explicit deny/.test(message)
    ? `a policy denies ${principal} ${right}; change that policy`
    : `${principal} lacks ${right}; grant it`;
}

export function httpStatus(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
}

function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? `${cause.name} ${cause.code}` : cause.name;
}
