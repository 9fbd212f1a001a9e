import { describe, expect, it } from 'vitest';
import { EnvironmentError, required } from '#adapters/aws/environment.ts';
import { awsFailure } from '#adapters/aws/failure.ts';
import { UnavailableError } from '#app/errors.ts';
import { refused } from '../../support/item-table.ts';

describe('environment', () => {
  it('gives the value of a variable that is set', () => {
    expect(required('DAYBOOK_TABLE', { DAYBOOK_TABLE: 'history' })).toBe('history');
  });

  it('names the variable that is missing or empty, and what to do', () => {
    for (const env of [{}, { DAYBOOK_TABLE: '' }]) {
      expect(() => required('DAYBOOK_TABLE', env)).toThrow(EnvironmentError);
      expect(() => required('DAYBOOK_TABLE', env)).toThrow(/DAYBOOK_TABLE.*deploy/);
    }
  });
});

describe('failures of services', () => {
  it('leaves an error of our own as it is', () => {
    const own = new UnavailableError('known');
    expect(awsFailure(own, 'S3')).toBe(own);
  });

  it('names the service and the kind of error on one line, and keeps the rest in its cause', () => {
    const cause = Object.assign(refused('AccessDenied', 403), { message: 'User arn:secret is not\nauthorized' });
    const failure = awsFailure(cause, 'Bucket b');
    expect(failure.message).toBe('Bucket b refused the call (AccessDenied); check its permissions and its settings');
    expect(failure.cause).toBe(cause);
  });

  const ME = 'arn:aws:sts::123456789012:assumed-role/Reader/me@example.org';
  const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/History/index/due';

  it.each([
    [
      `User: ${ME} is not authorized to perform: dynamodb:Query on resource: ${TABLE} because no identity-based policy allows the dynamodb:Query action`,
      `${ME} lacks dynamodb:Query on ${TABLE}; grant it`,
    ],
    [
      `User: ${ME} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::captures/bodies/ab" because no identity-based policy allows it`,
      `${ME} lacks s3:GetObject on arn:aws:s3:::captures/bodies/ab; grant it`,
    ],
    [
      `User: ${ME} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::captures/x" with an explicit deny in a resource-based policy`,
      `a policy denies ${ME} s3:PutObject on arn:aws:s3:::captures/x; change that policy`,
    ],
    [`User: ${ME} is not authorized to perform: sqs:ReceiveMessage`, `${ME} lacks sqs:ReceiveMessage; grant it`],
  ])('names the permission that is missing, for whom and on what (%#)', (message, missing) => {
    const cause = Object.assign(refused('AccessDeniedException', 400), { message });
    expect(awsFailure(cause, 'DynamoDB').message).toBe(`DynamoDB refused the call (AccessDeniedException): ${missing}`);
  });

  it('takes nothing else of what a service says', () => {
    const hostile = `User: ${ME} is not authorized to perform: s3:GetObject on resource: "secret text" because of <more> secrets`;
    const failure = awsFailure(Object.assign(refused('AccessDenied', 403), { message: hostile }), 'S3');
    expect(failure.message).toBe(`S3 refused the call (AccessDenied): ${ME} lacks s3:GetObject; grant it`);
  });

  it('names what was asked where the service does not, and only where a permission is missing', () => {
    const asked = 's3:ListBucket on bucket b';
    expect(awsFailure(refused('AccessDenied', 403), 'Bucket b', asked).message).toBe(
      'Bucket b refused the call (AccessDenied): s3:ListBucket on bucket b is missing',
    );
    expect(awsFailure(refused('NoSuchBucket', 404), 'Bucket b', asked).message).not.toContain('ListBucket');
  });

  it.each(['ResourceNotFoundException', 'NoSuchBucket', 'QueueDoesNotExist'])(
    'says of a name that is not there (%s) where to look, and nothing of permissions',
    (name) => {
      const failure = awsFailure(refused(name, 404), 'Table t', 'dynamodb:Query on t');
      expect(failure).toMatchObject({ code: 'refused', retryable: false });
      expect(failure.message).toBe(
        `Table t does not have what was named (${name}): check the account, the region and the name`,
      );
    },
  );

  it('distinguishes credentials that AWS does not take from permissions that are missing', () => {
    expect(awsFailure(refused('ExpiredToken', 403), 'Bucket b', 's3:GetObject')).toMatchObject({
      name: 'AwsSetupError',
      code: 'no-credentials',
    });
  });

  it('can name a thrown value that is no error', () => {
    expect(awsFailure('odd', 'SQS')).toMatchObject({ code: 'refused', retryable: false });
    expect(awsFailure(undefined, 'SQS')).toMatchObject({ code: 'refused' });
  });
});
