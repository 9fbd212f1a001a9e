import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { documentClient } from '#adapters/aws/dynamodb/client.ts';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { tableSchema } from '#adapters/aws/dynamodb/schema.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';
import { noStandIn, type StandIn, startStandIn } from '../support/stand-in.ts';
import { describeHistoryStore, SMALL } from './history-store.ts';
import { describeObjectStore } from './object-store.ts';

const missing = noStandIn();

describe.skipIf(missing !== null)('over an AWS stand-in', () => {
  let standIn: StandIn | undefined;
  beforeAll(async () => {
    standIn = await startStandIn();
  });
  afterAll(() => standIn?.close());
  const config = () => {
    if (standIn === undefined) throw new Error('the stand-in is not up');
    return standIn.config;
  };

  describeHistoryStore(
    'DynamoDB',
    async () => {
      const client = new DynamoDBClient(config());
      const documents = documentClient(config());
      await client.send(new CreateTableCommand(tableSchema('contract')));
      await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: 'contract' });
      return {
        store: createHistoryStore(new Table(documents, 'contract')),
        async close() {
          client.destroy();
          documents.destroy();
        },
      };
    },
    SMALL,
  );

  describeObjectStore('S3', async () => {
    const client = new S3Client({ ...config(), forcePathStyle: true });
    await client.send(
      new CreateBucketCommand({ Bucket: 'contract', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    return { store: createS3Objects(client, 'contract'), close: async () => client.destroy() };
  });
});

if (missing !== null) it.skip(`the contracts over an AWS stand-in: skipped, for ${missing}`, () => {});
