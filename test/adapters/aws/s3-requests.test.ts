import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';

interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the client would send, as the last step before the network sees it. */
async function sent(key: string): Promise<Request> {
  const requests: Request[] = [];
  const client = new S3Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: (request: Request) => {
        requests.push(request);
        return Promise.resolve({ response: { statusCode: 200, headers: {}, body: undefined } as never });
      },
    },
  });
  await createS3Objects(client, 'bucket').putOnce(key, new Uint8Array([1, 2, 3]), 'text/plain');
  expect(requests).toHaveLength(1);
  return requests[0] ?? expect.fail('nothing was sent');
}

describe('a write as the bucket sees it', () => {
  // S3 refuses every upload without one while a default retention is set (`captures.lockDays`).
  it('carries a checksum, which a bucket with Object Lock demands', async () => {
    const { method, headers } = await sent('bodies/a');
    expect(method).toBe('PUT');
    expect(Object.keys(headers).some((name) => /^(content-md5|x-amz-checksum-\w+)$/i.test(name))).toBe(true);
  });

  // The bucket's policy refuses every other write.
  it('asks not to overwrite, in the header that the policy of the bucket looks for', async () => {
    expect((await sent('captures/a')).headers['if-none-match']).toBe('*');
  });
});
