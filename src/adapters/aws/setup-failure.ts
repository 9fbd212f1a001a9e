import { DaybookError } from '#core/errors.ts';

/** Nobody can be asked: this machine lacks what the SDK needs (`no-credentials`, `no-region`, `wrong-clock`). */
export class AwsSetupError extends DaybookError {}

const NO_CREDENTIALS =
  /Credentials|TokenProvider|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken|InvalidSignature|SignatureDoesNotMatch|AuthFailure/;
/** AWS refuses requests with a wrong time by the status of a missing permission. */
const WRONG_CLOCK = /RequestTimeTooSkewed|RequestExpired|RequestInTheFuture/;
/** The SDK looks for a region before it asks for anything, and throws plain errors. */
const NO_REGION = /^Region (is missing|not accepted)/i;

/** An error of the SDK that says that this machine has no credentials or no region, as one of Daybook's; else null. */
export function setupFailure(cause: unknown): AwsSetupError | null {
  if (!(cause instanceof Error)) return null;
  if (NO_CREDENTIALS.test(cause.name)) {
    return new AwsSetupError(
      `AWS takes no credentials of this machine (${cause.name}): sign in again, or set AWS_PROFILE, until "aws sts get-caller-identity" answers`,
      { code: 'no-credentials', cause },
    );
  }
  if (WRONG_CLOCK.test(cause.name)) {
    return new AwsSetupError(
      `AWS refuses the time of this machine (${cause.name}): set its clock, and let it be kept by the network's time`,
      { code: 'wrong-clock', cause },
    );
  }
  if (NO_REGION.test(cause.message)) {
    return new AwsSetupError(
      'No AWS region is set, or one that does not exist: set AWS_REGION to the one of the deployment (AWS_DEFAULT_REGION is not read)',
      { code: 'no-region', cause },
    );
  }
  return null;
}
