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

  it('can name a thrown value that is no error', () => {
    expect(awsFailure('odd', 'SQS')).toMatchObject({ code: 'refused', retryable: false });
    expect(awsFailure(undefined, 'SQS')).toMatchObject({ code: 'refused' });
  });
});
