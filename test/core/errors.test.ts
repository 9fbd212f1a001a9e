import { describe, expect, it } from 'vitest';
import { ConflictError, StoredDataError, UnavailableError } from '#app/errors.ts';
import { DaybookError, PageError, UsageError } from '#core/errors.ts';

describe('errors', () => {
  it('carry a stable code, whether to try again, and what caused them', () => {
    const cause = new Error('below');
    const error = new DaybookError('what to do', { code: 'some-code', retryable: true, cause });
    expect(error).toMatchObject({ message: 'what to do', code: 'some-code', retryable: true, cause });
    expect(error).toBeInstanceOf(Error);
  });

  it('are named after their class and are not retried unless they say so', () => {
    expect(new PageError('x', { code: 'y' })).toMatchObject({ name: 'PageError', retryable: false });
    expect(new UsageError('x')).toMatchObject({ name: 'UsageError', code: 'usage', retryable: false });
    expect(new UsageError('x', { code: 'bad-config' }).code).toBe('bad-config');
  });

  it('have no cause where none is known', () => {
    expect('cause' in new DaybookError('x', { code: 'y' })).toBe(false);
  });

  it('tell queues what to do', () => {
    expect(new ConflictError('x')).toMatchObject({ code: 'conflict', retryable: true });
    expect(new UnavailableError('x')).toMatchObject({ code: 'unavailable', retryable: true });
    expect(new StoredDataError('x')).toMatchObject({ code: 'stored-data', retryable: false });
  });
});
