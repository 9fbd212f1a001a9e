import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchClock } from '#adapters/aws/deployed/server-clock.ts';
import { LoopbackAws } from '../../../support/aws/loopback-aws.ts';

let aws: LoopbackAws;
let client: S3Client;
let close: () => Promise<void>;

beforeEach(async () => {
  aws = new LoopbackAws();
  const server = await aws.start();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new S3Client({ endpoint: server.url, region: 'eu-west-1', credentials, forcePathStyle: true });
  close = server.close;
});
afterEach(async () => {
  client.destroy();
  await close();
});

const list = () => client.send(new ListObjectsV2Command({ Bucket: 'b', Prefix: 'captures/' }));

it('nothing is known before the first answer', () => {
  expect(watchClock(client)()).toBeNull();
});

it.each([0, 3 * 3_600_000, -40 * 60_000])(
  'a clock of AWS that differs by %i ms is seen, to a second',
  async (ahead) => {
    aws.aheadMs = ahead;
    const aheadMs = watchClock(client);
    await list();
    expect(Math.abs((aheadMs() ?? Number.NaN) + ahead)).toBeLessThan(10_000);
  },
);

it('an answer that refuses shows the clock too, and stays an error', async () => {
  aws.aheadMs = 3_600_000;
  const aheadMs = watchClock(client);
  await expect(client.send(new GetObjectCommand({ Bucket: 'b', Key: 'none' }))).rejects.toThrow('NoSuchKey');
  expect(Math.round((aheadMs() ?? 0) / 60_000)).toBe(-60);
});

it('the newest answer counts: a clock that was set is right again', async () => {
  aws.aheadMs = 3_600_000;
  const aheadMs = watchClock(client);
  await list();
  aws.aheadMs = 0;
  await list();
  expect(Math.abs(aheadMs() ?? Number.NaN)).toBeLessThan(10_000);
});
