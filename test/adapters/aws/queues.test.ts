import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFetchQueue, createIngestQueue } from '#adapters/aws/sqs-queue.ts';
import type { FetchJob, Observation } from '#app/ports.ts';
import type { PageSpec } from '#core/history/types.ts';
import { refused } from '../../support/item-table.ts';

const sqs = mockClient(SQSClient);
const client = new SQSClient({ region: 'eu-west-1' });
const page: PageSpec = { id: 'p', url: 'https://a.example/x', name: null, rolling: false, series: null };
const job: FetchJob = {
  page,
  dueAt: '2022-01-12T08:00:00.000Z',
  etag: null,
  lastModified: null,
  knownSha256: null,
  full: true,
  previous: null,
  expiresAt: '2022-01-12T08:30:00.000Z',
};
const seen: Observation = {
  page,
  dueAt: job.dueAt,
  observedAt: '2022-01-12T08:00:01.000Z',
  full: true,
  kind: 'captured',
  captureId: '20220112T080000000Z',
};

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
});

const sent = () => sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input);

describe('the queue of fetch jobs', () => {
  const queue = createFetchQueue(client, 'https://sqs.example/fetch.fifo');

  it('carries the job whole', async () => {
    await queue.send(job);
    expect(sent()[0]?.QueueUrl).toBe('https://sqs.example/fetch.fifo');
    expect(JSON.parse(sent()[0]?.MessageBody ?? '')).toEqual(job);
  });

  it('makes one group of one host, whatever the page, and another of another port', async () => {
    await queue.send(job);
    await queue.send({ ...job, page: { ...page, id: 'q', url: 'https://a.example/other?x=1' } });
    await queue.send({ ...job, page: { ...page, id: 'r', url: 'https://a.example:8443/x' } });
    const [a, b, c] = sent().map((input) => input.MessageGroupId);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it('names a job by page and due time: sent again it is the same message, due again another', async () => {
    await queue.send(job);
    await queue.send({ ...job, expiresAt: '2022-01-12T09:00:00.000Z' });
    await queue.send({ ...job, dueAt: '2022-01-12T09:00:00.000Z' });
    await queue.send({ ...job, page: { ...page, id: 'q' } });
    const ids = sent().map((input) => input.MessageDeduplicationId);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  it('keeps to the characters and lengths that SQS takes, for any host and id', async () => {
    await queue.send({ ...job, page: { ...page, id: 'x'.repeat(80), url: `https://${'long.'.repeat(40)}example/ü` } });
    const [input] = sent();
    expect(input?.MessageGroupId).toMatch(/^[a-z0-9]{1,128}$/);
    expect(input?.MessageDeduplicationId).toMatch(/^[a-z0-9]{1,128}$/);
  });
});

describe('the queue of observations', () => {
  const queue = createIngestQueue(client, 'https://sqs.example/ingest.fifo');

  it('makes one group of one page', async () => {
    await queue.send(seen);
    await queue.send({ ...seen, page: { ...page, url: 'https://moved.example/' } });
    await queue.send({ ...seen, page: { ...page, id: 'q' } });
    const [a, b, c] = sent().map((input) => input.MessageGroupId);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it('sends two checks of a page as two messages, and a repeated check as one', async () => {
    await queue.send(seen);
    await queue.send({ ...seen });
    await queue.send({ ...seen, observedAt: '2022-01-12T08:00:02.000Z' });
    await queue.send({ ...seen, kind: 'unchanged' });
    const ids = sent().map((input) => input.MessageDeduplicationId);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('a queue that does not answer', () => {
  const queue = createFetchQueue(client, 'https://sqs.example/fetch.fifo');

  it('is retryable when a later try may succeed', async () => {
    for (const [name, status] of [
      ['ThrottlingException', 400],
      ['ServiceUnavailable', 503],
      ['RequestTimeout', 408],
      ['Whatever', 500],
    ] as const) {
      sqs.on(SendMessageCommand).rejects(refused(name, status));
      await expect(queue.send(job)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    }
  });

  it('is a permanent error otherwise', async () => {
    sqs.on(SendMessageCommand).rejects(refused('AccessDenied', 403));
    await expect(queue.send(job)).rejects.toMatchObject({ code: 'refused', retryable: false });
  });
});
