import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';
import { refused } from '../../support/item-table.ts';

const s3 = mockClient(S3Client);
const objects = createS3Objects(new S3Client({ region: 'eu-west-1' }), 'bucket');
const bytes = new Uint8Array([1, 2, 3]);
const put = () => objects.putOnce('a/b', bytes, 'application/gzip');

beforeEach(() => s3.reset());

describe('writing once', () => {
  it('asks the bucket itself to refuse what is there', async () => {
    s3.on(PutObjectCommand).resolves({});
    expect(await put()).toBe(true);
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'bucket',
      Key: 'a/b',
      Body: bytes,
      ContentType: 'application/gzip',
      IfNoneMatch: '*',
    });
  });

  it('reads 412 as an existing object', async () => {
    s3.on(PutObjectCommand).rejects(refused('PreconditionFailed', 412));
    expect(await put()).toBe(false);
  });

  it('asks again after 409: the other writer may have failed', async () => {
    s3.on(PutObjectCommand).rejectsOnce(refused('ConditionalRequestConflict', 409)).resolves({});
    expect(await put()).toBe(true);
    s3.reset();
    s3.on(PutObjectCommand)
      .rejectsOnce(refused('ConditionalRequestConflict', 409))
      .rejects(refused('PreconditionFailed', 412));
    expect(await put()).toBe(false);
  });

  it('never counts an endless conflict as success', async () => {
    s3.on(PutObjectCommand).rejects(refused('ConditionalRequestConflict', 409));
    await expect(put()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('marks only temporary errors as retryable', async () => {
    for (const error of [
      refused('SlowDown', 503),
      refused('InternalError', 500),
      refused('TooManyRequests', 429),
      Object.assign(new Error('socket'), { name: 'TimeoutError' }),
      Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
    ]) {
      s3.on(PutObjectCommand).rejects(error);
      await expect(put()).rejects.toMatchObject({ code: 'unavailable', retryable: true, cause: error });
    }
    for (const error of [refused('AccessDenied', 403), refused('NoSuchBucket', 404)]) {
      s3.on(PutObjectCommand).rejects(error);
      await expect(put()).rejects.toMatchObject({ code: 'refused', retryable: false, cause: error });
    }
  });
});

describe('reading', () => {
  it('reads 404 as a missing object, by name or by status', async () => {
    s3.on(GetObjectCommand).rejects(refused('NoSuchKey', 404));
    expect(await objects.get('a')).toBeNull();
    s3.on(GetObjectCommand).rejects(refused('NotFound', 404));
    expect(await objects.get('a')).toBeNull();
  });

  it('does not read a forbidden object as a missing one', async () => {
    s3.on(GetObjectCommand).rejects(refused('AccessDenied', 403));
    await expect(objects.get('a')).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/s3:GetObject or s3:ListBucket on bucket bucket is missing/),
    });
    s3.on(GetObjectCommand).rejects(refused('ServiceUnavailable', 503));
    await expect(objects.get('a')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('listing', () => {
  const keysOf = async (after?: string) => {
    const keys: string[] = [];
    for await (const key of objects.list('p/', after)) keys.push(key);
    return keys;
  };

  it('continues after the last key of every answer until the last one', async () => {
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ IsTruncated: true, Contents: [{ Key: 'p/a' }, { Key: 'p/b' }] })
      .resolvesOnce({ IsTruncated: false, Contents: [{ Key: 'p/c' }] });
    expect(await keysOf('p/0')).toEqual(['p/a', 'p/b', 'p/c']);
    expect(s3.commandCalls(ListObjectsV2Command).map((call) => call.args[0].input.StartAfter)).toEqual(['p/0', 'p/b']);
  });

  it('ends at an empty bucket', async () => {
    s3.on(ListObjectsV2Command).resolves({});
    expect(await keysOf()).toEqual([]);
  });

  it('throws when a later part is not available, instead of ending early', async () => {
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ IsTruncated: true, Contents: [{ Key: 'p/a' }] })
      .rejects(refused('SlowDown', 503));
    await expect(keysOf()).rejects.toMatchObject({ code: 'unavailable' });
  });
});
