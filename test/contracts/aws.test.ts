import { S3Client } from '@aws-sdk/client-s3';
import { it } from 'vitest';
import { documentClient } from '#adapters/aws/dynamodb/client.ts';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';
import { describeHistoryStore } from './history-store.ts';
import { describeObjectStore } from './object-store.ts';

/**
 * The same contracts over real AWS, in the account of the person who asks for it: a table with the two indexes of
 * docs/data-model.md and a bucket, both for tests only. What the tests write stays there.
 */
const wanted = process.env.DAYBOOK_AWS_CONTRACT === '1';
const table = process.env.DAYBOOK_AWS_CONTRACT_TABLE;
const bucket = process.env.DAYBOOK_AWS_CONTRACT_BUCKET;
/** Longer than an index of a real table ever lagged behind its items in practice. */
const INDEX_LAG_MS = 3_000;

if (wanted && table !== undefined) {
  describeHistoryStore(`DynamoDB table ${table}`, async () => {
    const documents = documentClient();
    return {
      store: createHistoryStore(new Table(documents, table)),
      recorded: () => new Promise((done) => setTimeout(done, INDEX_LAG_MS)),
      close: async () => documents.destroy(),
    };
  });
} else {
  it.skip('the history store over real DynamoDB: set DAYBOOK_AWS_CONTRACT=1 and DAYBOOK_AWS_CONTRACT_TABLE', () => {});
}

if (wanted && bucket !== undefined) {
  describeObjectStore(`S3 bucket ${bucket}`, async () => {
    const client = new S3Client({});
    return { store: createS3Objects(client, bucket), close: async () => client.destroy() };
  });
} else {
  it.skip('the object store over real S3: set DAYBOOK_AWS_CONTRACT=1 and DAYBOOK_AWS_CONTRACT_BUCKET', () => {});
}
