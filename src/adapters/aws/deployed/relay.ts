import { S3Client } from '@aws-sdk/client-s3';
import type { RelayDeps } from '#app/relay/relay.ts';
import { awsFailure } from '../failure.ts';
import { createInvoker } from '../invoker.ts';
import { createLambdaQueue } from '../lambda-queue.ts';
import { createS3Objects } from '../s3-objects.ts';
import { watchClock } from './server-clock.ts';

export interface RelayNames {
  readonly bucket: string;
  readonly ingestFunction: string;
}

/**
 * What a relay needs of a deployment, with the credentials and the region of this machine.
 * @throws AwsSetupError (`no-credentials`, `no-region`).
 */
export async function composeRelay({
  bucket,
  ingestFunction,
}: RelayNames): Promise<Pick<RelayDeps, 'objects' | 'ingestQueue' | 'aheadMs'> & { close(): void }> {
  const client = new S3Client({});
  const aheadMs = watchClock(client);
  try {
    const region = await client.config.region();
    // Asked for now, so that a machine without any says so before a site is asked.
    await client.config.credentials();
    const invoke = createInvoker({ region, credentials: () => client.config.credentials() });
    return {
      objects: createS3Objects(client, bucket),
      ingestQueue: createLambdaQueue(invoke, ingestFunction),
      aheadMs,
      close: () => client.destroy(),
    };
  } catch (cause) {
    client.destroy();
    throw awsFailure(cause, 'AWS');
  }
}
