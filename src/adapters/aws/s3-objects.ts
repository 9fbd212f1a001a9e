import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { UnavailableError } from '#app/errors.ts';
import type { ObjectStore } from '#app/ports.ts';

/** Objects in an S3 bucket. `If-None-Match: *` makes "written once" the bucket's own rule. */
export function createS3Objects(client: S3Client, bucket: string): ObjectStore {
  return {
    async putOnce(key, bytes, contentType) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: contentType,
        IfNoneMatch: '*',
      });
      try {
        await client.send(command);
        return true;
      } catch (cause) {
        // 412: it is there. 409: another writer of the same key was faster; the contents are equal by construction.
        const status = httpStatus(cause);
        if (status === 412 || status === 409) return false;
        throw unavailable(cause, bucket);
      }
    },

    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return Body === undefined ? null : await Body.transformToByteArray();
      } catch (cause) {
        if (cause instanceof Error && (cause.name === 'NoSuchKey' || httpStatus(cause) === 404)) return null;
        throw unavailable(cause, bucket);
      }
    },

    async *list(prefix, after) {
      let startAfter = after;
      for (;;) {
        const page = await client
          .send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: prefix,
              ...(startAfter === undefined ? {} : { StartAfter: startAfter }),
            }),
          )
          .catch((cause: unknown) => Promise.reject(unavailable(cause, bucket)));
        const keys = (page.Contents ?? []).map((object) => object.Key ?? '');
        yield* keys;
        startAfter = keys.at(-1);
        if (page.IsTruncated !== true || startAfter === undefined) return;
      }
    },
  };
}

function httpStatus(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
}

/** Server errors, throttling and broken connections may pass; anything else is thrown as it came. */
function unavailable(cause: unknown, bucket: string): unknown {
  const status = httpStatus(cause);
  const passing = status === undefined ? isNetwork(cause) : status >= 500 || status === 429;
  return passing ? new UnavailableError(`Bucket ${bucket} did not answer`, cause) : cause;
}

function isNetwork(cause: unknown): boolean {
  return (
    cause instanceof Error && /Timeout|ECONN|EPIPE|socket/i.test(`${cause.name} ${'code' in cause ? cause.code : ''}`)
  );
}
