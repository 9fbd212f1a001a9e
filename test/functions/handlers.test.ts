import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';
import { storeCapture } from '#app/objects/captures.ts';
import type { FetchJob, Observation } from '#app/ports.ts';
import { newRecord } from '#app/series/record.ts';
import { captureId } from '#core/history/revision.ts';
import { ENV } from '#core/names.ts';
import { ObjectMap } from '../e2e/crash/world/object-map.ts';
import { type Command, ItemTable, refused } from '../support/item-table.ts';
import { chroniclePage, REPORTS } from '../support/sample-pages.ts';

/** The five functions as they are deployed, over services that are maps in memory. */
let table = new ItemTable();
let objects = new ObjectMap();
let sent: { url: string; body: unknown }[] = [];
let published: { topic: string; message: string }[] = [];

const functions = () =>
  Promise.all([
    import('../../functions/plan/handler.ts'),
    import('../../functions/fetch/handler.ts'),
    import('../../functions/ingest/handler.ts'),
    import('../../functions/notify/handler.ts'),
    import('../../functions/read/handler.ts'),
  ]);
let deployed: Awaited<ReturnType<typeof functions>>;

async function s3(command: unknown): Promise<unknown> {
  if (command instanceof PutObjectCommand) {
    const { Key = '', Body } = command.input;
    if (!(await objects.putOnce(Key, Body as Uint8Array))) throw refused('PreconditionFailed', 412);
    return {};
  }
  if (command instanceof GetObjectCommand) {
    const bytes = await objects.get(command.input.Key ?? '');
    if (bytes === null) throw refused('NoSuchKey', 404);
    return { Body: { transformToByteArray: async () => bytes } };
  }
  if (command instanceof ListObjectsV2Command) {
    const Contents: { Key: string }[] = [];
    for await (const Key of objects.list(command.input.Prefix ?? '', command.input.StartAfter)) Contents.push({ Key });
    return { Contents, IsTruncated: false };
  }
  throw refused(`UnknownCall ${Object(command).constructor.name}`);
}

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  for (const name of Object.values(ENV))
    vi.stubEnv(name, `https://${name.toLowerCase().replaceAll('_', '-')}.example/x`);
  const patch = (prototype: object, send: (command: never) => Promise<unknown>) =>
    vi.spyOn(prototype as { send: (command: unknown) => Promise<unknown> }, 'send').mockImplementation(send as never);
  patch(DynamoDBDocumentClient.prototype, (command: Command) => table.send(command));
  patch(S3Client.prototype, s3);
  patch(SQSClient.prototype, async (command: SendMessageCommand) => {
    sent.push({ url: command.input.QueueUrl ?? '', body: JSON.parse(command.input.MessageBody ?? 'null') });
    return {};
  });
  patch(SNSClient.prototype, async (command: PublishCommand) => {
    published.push({ topic: command.input.TopicArn ?? '', message: command.input.Message ?? '' });
    return {};
  });
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  deployed = await functions();
  return () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  };
});

beforeEach(() => {
  table = new ItemTable();
  objects = new ObjectMap();
  sent = [];
  published = [];
});

const batch = (...bodies: unknown[]): SQSEvent =>
  ({
    Records: bodies.map((body, index) => ({
      messageId: String(index),
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { MessageGroupId: String(index) },
    })),
  }) as unknown as SQSEvent;

const page = { id: 'harbour', url: 'https://chronicle.example/x.htm', name: null, rolling: false, series: null };

async function capture(texts: readonly string[], at: string): Promise<Observation> {
  const meta = { pageId: page.id, url: page.url, finalUrl: page.url, fetchedAt: at, status: 200, headers: {} };
  const store = createS3Objects(new S3Client({}), 'bucket');
  await storeCapture(store, captureId(at), meta, chroniclePage(texts), null);
  return { page, dueAt: at, observedAt: at, full: true, kind: 'captured', captureId: captureId(at) };
}

describe('plan', () => {
  it('sends one job for every configured page to the fetch queue', async () => {
    const [{ handler }] = deployed;
    const { planned } = await handler();
    expect(planned).toBeGreaterThan(0);
    expect(sent).toHaveLength(planned);
    expect(new Set(sent.map((one) => one.url))).toEqual(new Set([process.env[ENV.fetchQueueUrl]]));
    expect(sent.every(({ body }) => (body as FetchJob).full)).toBe(true);
    expect(await handler()).toEqual({ planned: 0 });
  });

  it('sends jobs for the months of an added series too', async () => {
    const [{ handler }] = deployed;
    await handler();
    sent = [];
    const history = createHistoryStore(new Table(table.client(), 'x'));
    const pattern = 'https://chronicle.example/{yyyy}-{MM}.htm';
    await history.putSeries(newRecord({ id: 'months', pattern, from: '2022-01', until: '2022-03' }, null), null);
    expect(await handler()).toEqual({ planned: 3 });
    expect(sent.map(({ body }) => (body as FetchJob).page.id).sort()).toEqual([
      'months-2022-01',
      'months-2022-02',
      'months-2022-03',
    ]);
  });
});

describe('fetch', () => {
  const job = (over: Partial<FetchJob> = {}): FetchJob => ({
    page,
    dueAt: '2022-01-12T08:00:00.000Z',
    etag: null,
    lastModified: null,
    knownSha256: null,
    full: true,
    previous: null,
    expiresAt: '2999-01-01T00:00:00.000Z',
    ...over,
  });

  it('asks no host outside the configuration, and reports it to ingest', async () => {
    const [, { handler }] = deployed;
    expect(await handler(batch(job()))).toEqual({ batchItemFailures: [] });
    expect(sent).toMatchObject([
      { url: process.env[ENV.ingestQueueUrl], body: { kind: 'failed', reason: 'off-list', page: { id: 'harbour' } } },
    ]);
  });

  it('drops an expired job without a message', async () => {
    const [, { handler }] = deployed;
    expect(await handler(batch(job({ expiresAt: '2022-01-12T08:30:00.000Z' })))).toEqual({ batchItemFailures: [] });
    expect(sent).toEqual([]);
  });

  it('returns only the failed message', async () => {
    const [, { handler }] = deployed;
    expect(await handler(batch('no JSON', job()))).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(sent).toHaveLength(1);
  });
});

describe('ingest, notify and read', () => {
  const flip = (id: string, sk = 'HEAD') =>
    ({
      Records: [{ eventName: 'MODIFY', dynamodb: { Keys: { pk: { S: `PAGE#${id}` }, sk: { S: sk } } } }],
    }) as DynamoDBStreamEvent;
  const get = (path: string) =>
    ({
      version: '2.0',
      rawPath: path,
      rawQueryString: '',
      headers: { host: 'reader.example', accept: 'application/json' },
      requestContext: { http: { method: 'GET', path }, domainName: 'reader.example' },
      isBase64Encoded: false,
    }) as never;

  it('take a page from its captures to an alert and the reader', async () => {
    const [, , ingest, notify, read] = deployed;
    const first = await capture(REPORTS.slice(0, 4), '2022-01-14T08:00:00.000Z');
    expect(await ingest.handler(batch(first))).toEqual({ batchItemFailures: [] });
    expect(await notify.handler(flip(page.id))).toEqual({ sent: 0 });

    const second = await capture(REPORTS.slice(0, 5), '2022-01-15T08:00:00.000Z');
    expect(await ingest.handler(batch(second, first))).toEqual({ batchItemFailures: [] });
    expect(await notify.handler(flip(page.id))).toEqual({ sent: 1 });
    expect(await notify.handler(flip(page.id))).toEqual({ sent: 0 });
    expect(published).toHaveLength(1);
    expect(published[0]?.topic).toBe(process.env[ENV.newsTopicArn]);
    expect(published[0]?.message).toContain(REPORTS[4]);

    const answer = (await read.handler(get('/api/pages/harbour'), {} as never)) as { statusCode: number; body: string };
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ id: 'harbour', revisions: 2 });
  });

  it('return only the failed observation', async () => {
    const [, , ingest] = deployed;
    const seen = await capture(REPORTS, '2022-01-14T08:00:00.000Z');
    const answer = await ingest.handler(batch('no JSON', { ...seen, kind: 'unchanged' }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
  });

  it('run only after a flip', async () => {
    const [, , , notify] = deployed;
    expect(await notify.handler(flip(page.id, 'CHECK'))).toEqual({ sent: 0 });
  });
});
