import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { UnavailableError } from '#app/errors.ts';
import type { ObjectStore } from '#app/ports.ts';
import { awsFailure, httpStatus } from './failure.ts';

/** Tries of a write that meets another of the same key. */
const TRIES = 3;

/** Objects in an S3 bucket. `If-None-Match: *` makes "written once" the bucket's own rule. */
export function createS3Objects(client: S3Client, bucket: string): ObjectStore {
  const refused = (cause: unknown, action: string) =>
    awsFailure(cause, `Bucket ${bucket}`, `${action} on bucket ${bucket}`);
  return {
    async putOnce(key, bytes, contentType) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: contentType,
        IfNoneMatch: '*',
      });
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.send(command);
          return true;
        } catch (cause) {
          // 412: it is there. 409: another writer of the same key was at work, and whether it succeeded is open.
          if (httpStatus(cause) === 412) return false;
          if (httpStatus(cause) !== 409) throw refused(cause, 's3:PutObject');
          if (attempt === TRIES)
            throw new UnavailableError(`Object ${key} is being written by another; try again`, cause);
        }
      }
    },

    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return Body === undefined ? null : await Body.transformToByteArray();
      } catch (cause) {
        if (cause instanceof Error && (cause.name === 'NoSuchKey' || httpStatus(cause) === 404)) return null;
        // Who may not list a bucket is refused an object that is not there.
        throw refused(cause, 's3:GetObject or s3:ListBucket');
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
          .catch((cause: unknown) => Promise.reject(refused(cause, 's3:ListBucket')));
        const keys = (page.Contents ?? []).map((object) => object.Key ?? '');
        yield* keys;
        startAfter = keys.at(-1);
        if (page.IsTruncated !== true || startAfter === undefined) return;
      }
    },
  };
}
