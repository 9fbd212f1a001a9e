import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { createFetchQueue, createIngestQueue } from '#adapters/aws/sqs-queue.ts';
import { MemoryQueue } from '#adapters/local/memory-queue.ts';
import type { FetchJob, Observation, Queue } from '#app/ports.ts';
import type { PageSpec } from '#core/history/types.ts';
import { refused } from '../support/item-table.ts';
import { describeQueue, type OpenQueue } from './queue.ts';

const job = (page: PageSpec, dueAt: string): FetchJob => ({
  page,
  dueAt,
  etag: '"a"',
  lastModified: null,
  knownSha256: null,
  full: true,
  previous: null,
  expiresAt: '2100-01-01T00:00:00.000Z',
});
const seen = (page: PageSpec, dueAt: string): Observation => ({
  page,
  dueAt,
  observedAt: dueAt,
  full: true,
  kind: 'captured',
  captureId: '20220112T080000000Z',
});

/** A FIFO queue as SQS documents it: bad ids are refused, and a name that was accepted is accepted silently again. */
function openSqs<T>(create: (client: SQSClient, url: string) => Queue<T>): OpenQueue<T> {
  const client = new SQSClient({ region: 'eu-west-1' });
  const sqs = mockClient(client);
  const accepted = new Map<string, T>();
  sqs.on(SendMessageCommand).callsFake(async ({ MessageBody, MessageGroupId, MessageDeduplicationId }) => {
    for (const id of [MessageGroupId, MessageDeduplicationId]) {
      if (!/^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/.test(id)) throw refused('InvalidParameterValue', 400);
    }
    if (!accepted.has(MessageDeduplicationId)) accepted.set(MessageDeduplicationId, JSON.parse(MessageBody));
    return {};
  });
  return {
    queue: create(client, 'https://sqs.example/queue.fifo'),
    accepted: () => [...accepted.values()],
    fail: () => void sqs.on(SendMessageCommand).rejects(refused('ServiceUnavailable', 503)),
  };
}

describeQueue('fetch jobs over SQS', () => openSqs(createFetchQueue), job);
describeQueue('observations over SQS', () => openSqs(createIngestQueue), seen);

describeQueue(
  'memory',
  () => {
    const queue = new MemoryQueue<FetchJob>();
    const accepted: FetchJob[] = [];
    return {
      queue,
      accepted: () => {
        accepted.push(...queue.drain());
        return accepted;
      },
    };
  },
  job,
);
