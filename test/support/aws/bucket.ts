import { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sdkStreamMixin } from '@smithy/core/serde';
import { mockClient } from 'aws-sdk-client-mock';
import type { ObjectStore } from '#app/ports.ts';

/** S3 over the objects that `use` names, whatever the bucket is called. */
export function mockBucket() {
  const calls = mockClient(S3Client);
  return {
    use(objects: ObjectStore): void {
      calls.reset();
      calls.on(ListObjectsV2Command).callsFake(async ({ Prefix, StartAfter }) => {
        const Contents = [];
        for await (const Key of objects.list(Prefix, StartAfter)) Contents.push({ Key });
        return { Contents };
      });
      calls.on(GetObjectCommand).callsFake(async ({ Key }) => {
        const bytes = await objects.get(Key);
        if (bytes === null) throw Object.assign(new Error('no such key'), { name: 'NoSuchKey' });
        return { Body: sdkStreamMixin(Readable.from([Buffer.from(bytes)])) };
      });
      calls.on(PutObjectCommand).callsFake(async ({ Key, Body, ContentType }) => {
        if (await objects.putOnce(Key, Body, ContentType)) return {};
        throw Object.assign(new Error('it is there'), { $metadata: { httpStatusCode: 412 } });
      });
    },
  };
}
