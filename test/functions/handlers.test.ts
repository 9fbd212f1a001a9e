import { gunzipSync } from 'node:zlib';
import { ListSubscriptionsByTopicCommand, type PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { createInvoker } from '#adapters/aws/invoker.ts';
import type { IngestCall } from '#app/fetch/fetch-call.ts';
import type { FetchCall } from '#app/plan/calls.ts';
import type { FetchJob, Observation } from '#app/ports.ts';
import { newRecord } from '#app/series/record.ts';
import { THIS_FORMAT } from '#app/store-format.ts';
import { captureId } from '#core/history/revision.ts';
import { ENV, METRICS } from '#core/names.ts';
import { newCheck } from '#core/schedule/check.ts';
import { ObjectMap } from '../e2e/crash/world/object-map.ts';
import { mockBucket } from '../support/aws/bucket.ts';
import { type Command, ItemTable, refused } from '../support/item-table.ts';
import { blockPage, REPORTS } from '../support/sample-pages.ts';
import { captured, page } from './captured.ts';

vi.mock('#adapters/aws/invoker.ts', () => ({ createInvoker: vi.fn() }));

/** The five functions as they are deployed, over services that are maps in memory. */
let table = new ItemTable();
let objects = new ObjectMap();
let sent: { name: string; body: unknown }[] = [];
/** The function that Lambda does not start. */
let refusing = '';
let published: { topic: string; message: string }[] = [];
let lines: string[] = [];
/** Whether the subscribed address is. */
let confirmed = true;

const functions = () =>
  Promise.all([
    import('../../functions/plan/handler.ts'),
    import('../../functions/fetch/handler.ts'),
    import('../../functions/ingest/handler.ts'),
    import('../../functions/notify/handler.ts'),
    import('../../functions/read/handler.ts'),
  ]);
let deployed: Awaited<ReturnType<typeof functions>>;

const bucket = mockBucket();

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  for (const name of Object.values(ENV))
    vi.stubEnv(name, `https://${name.toLowerCase().replaceAll('_', '-')}.example/x`);
  const patch = (prototype: object, send: (command: never) => Promise<unknown>) =>
    vi.spyOn(prototype as { send: (command: unknown) => Promise<unknown> }, 'send').mockImplementation(send as never);
  patch(DynamoDBDocumentClient.prototype, (command: Command) => table.send(command));
  vi.mocked(createInvoker).mockReturnValue(async (name, payload) => {
    if (name === refusing) throw refused('TooManyRequestsException', 429);
    sent.push({ name, body: JSON.parse(payload) });
  });
  patch(SNSClient.prototype, async (command: PublishCommand | ListSubscriptionsByTopicCommand) => {
    if (command instanceof ListSubscriptionsByTopicCommand) {
      return { Subscriptions: [{ Protocol: 'email', SubscriptionArn: confirmed ? 'arn:x' : 'PendingConfirmation' }] };
    }
    published.push({ topic: command.input.TopicArn ?? '', message: command.input.Message ?? '' });
    return {};
  });
  patch(SSMClient.prototype, async (command: GetParameterCommand) => ({
    Parameter: { Value: `token of ${command.input.Name}` },
  }));
  vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  deployed = await functions();
  return () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  };
});

beforeEach(() => {
  table = new ItemTable();
  objects = new ObjectMap();
  bucket.use(objects);
  sent = [];
  refusing = '';
  published = [];
  confirmed = true;
  lines = [];
});

const calls = <T>(): T[] => sent.map(({ body }) => body as T);
const history = () => createHistoryStore(new Table(table.client(), 'x'));
const jobsSent = () => calls<FetchCall>().flatMap(({ jobs }) => jobs);

describe('plan', () => {
  it('hands every configured page to fetch, all of a host in one call', async () => {
    const [{ handler }] = deployed;
    const { planned } = await handler();
    expect(planned).toBeGreaterThan(0);
    expect(jobsSent()).toHaveLength(planned);
    expect(sent.map(({ name }) => name)).toEqual([process.env[ENV.fetchFunction]]);
    expect(jobsSent().every(({ full }) => full)).toBe(true);
    expect(await handler()).toEqual({ planned: 0 });
  });

  it('counts no check with each tick, in the metric of ingest of its stage', async () => {
    const [{ handler }] = deployed;
    await handler();
    expect(lines.filter((line) => line.includes('_aws'))).toEqual([]);
    await handler();
    const counted = lines.filter((line) => line.includes('_aws')).map((line) => JSON.parse(line));
    const _aws = { CloudWatchMetrics: [{ Namespace: METRICS.namespace, Dimensions: [['service', 'stage']] }] };
    expect(counted).toMatchObject([{ service: 'ingest', stage: process.env[ENV.stage], Checks: 0, _aws }]);
  });

  it('sends jobs for the months of an added series too', async () => {
    const [{ handler }] = deployed;
    await handler();
    sent = [];
    const pattern = 'https://chronicle.example/{yyyy}-{MM}.htm';
    await history().putSeries(newRecord({ id: 'months', pattern, from: '2022-01', until: '2022-03' }, null), null);
    expect(await handler()).toEqual({ planned: 3 });
    const ids = jobsSent().map(({ page }) => page.id);
    expect(ids.sort()).toEqual(['months-2022-01', 'months-2022-02', 'months-2022-03']);
  });
});

describe('plan, when every page was looked at', () => {
  const lookAtAll = async (more: { dueAt?: string } = {}) => {
    for (const check of await history().checks()) {
      const next = { ...check, lastCheckedAt: check.dueAt, ...more, leasedUntil: null, version: check.version + 1 };
      await history().putCheck({ ...next, summary: { ...check.summary, state: 'ok' } }, check);
    }
  };
  const messages = async () => (await history().bulletin('@daybook'))?.messages.map(({ data }) => data.kind);

  it('writes the welcome once somebody can get it, and once only', async () => {
    const [{ handler }] = deployed;
    await handler();
    await lookAtAll({ dueAt: new Date(Date.now() + 3_600_000).toISOString() });
    confirmed = false;
    await handler();
    expect(await messages()).toEqual([]);
    confirmed = true;
    await handler();
    await handler();
    expect(await messages()).toEqual(['welcome']);
    expect(lines.filter((line) => line.includes('"WARN"'))).toEqual([]);
  });

  it('writes it although fetch cannot be called, and fails for that', async () => {
    const [{ handler }] = deployed;
    await handler();
    await lookAtAll();
    refusing = process.env[ENV.fetchFunction] ?? '';
    await expect(handler()).rejects.toThrow('TooManyRequests');
    expect(await messages()).toEqual(['welcome']);
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
    expect(await handler({ jobs: [job()] })).toEqual({ fetched: 1 });
    expect(sent.map(({ name }) => name)).toEqual([process.env[ENV.ingestFunction]]);
    expect(calls<IngestCall>()).toMatchObject([
      { observations: [{ kind: 'failed', reason: 'off-list', page: { id: 'harbour' } }] },
    ]);
  });

  it('drops an expired job without a message', async () => {
    const [, { handler }] = deployed;
    expect(await handler({ jobs: [job({ expiresAt: '2022-01-12T08:30:00.000Z' })] })).toEqual({ fetched: 1 });
    expect(sent).toEqual([]);
  });

  it('fails when an observation could not be handed over, so that the call is given up and rings', async () => {
    const [, { handler }] = deployed;
    refusing = process.env[ENV.ingestFunction] ?? '';
    await expect(handler({ jobs: [job()] })).rejects.toMatchObject({ code: 'jobs-failed' });
  });
});

describe('ingest, notify and read', () => {
  /** As plan does before anything is fetched. */
  const track = (id: string) => history().putCheck(newCheck({ ...page, id }, '2022-01-14T08:00:00.000Z'), null);
  beforeEach(async () => {
    await history().markFormat(THIS_FORMAT);
    await track(page.id);
  });

  const flip = (id: string, sk = 'HEAD') =>
    ({
      Records: [{ eventName: 'MODIFY', dynamodb: { Keys: { pk: { S: `PAGE#${id}` }, sk: { S: sk } } } }],
    }) as DynamoDBStreamEvent;
  const authorization = () =>
    `Basic ${Buffer.from(`me:token of ${process.env[ENV.tokenParameter]}`).toString('base64')}`;
  const get = (path: string, headers: object = { authorization: authorization() }) =>
    ({
      version: '2.0',
      rawPath: path,
      rawQueryString: '',
      headers: { host: 'reader.example', accept: 'application/json', ...headers },
      requestContext: { http: { method: 'GET', path }, domainName: 'reader.example' },
      isBase64Encoded: false,
    }) as never;

  it('take a page from its captures to an alert and the reader', async () => {
    const [, , ingest, notify, read] = deployed;
    const first = await captured(REPORTS.slice(0, 4), '2022-01-14T08:00:00.000Z');
    expect(await ingest.handler({ observations: [first] })).toEqual({ ingested: 1 });
    expect(await notify.handler(flip(page.id))).toEqual({ sent: 0 });

    const second = await captured(REPORTS.slice(0, 5), '2022-01-15T08:00:00.000Z');
    expect(await ingest.handler({ observations: [second, first] })).toEqual({ ingested: 2 });
    expect(await notify.handler(flip(page.id))).toEqual({ sent: 1 });
    expect(await notify.handler(flip(page.id))).toEqual({ sent: 0 });
    expect(published).toHaveLength(1);
    expect(published[0]?.topic).toBe(process.env[ENV.newsTopicArn]);
    expect(published[0]?.message).toContain(REPORTS[4]);

    const answer = (await read.handler(get('/api/pages/harbour'), {} as never)) as { statusCode: number; body: string };
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ id: 'harbour', revisions: 2 });
  });

  it('let nobody read without the token of the parameter that the stack names', async () => {
    const [, , , , read] = deployed;
    const statusOf = async (path: string, headers?: object) =>
      ((await read.handler(get(path, headers), {} as never)) as { statusCode: number }).statusCode;
    expect(await statusOf('/api/pages', {})).toBe(401);
    expect(await statusOf('/api/pages', { authorization: 'Bearer other' })).toBe(401);
    expect(await statusOf('/api/pages')).toBe(200);
    expect(await statusOf('/healthz', {})).toBe(200);
  });

  it('send answers as gzip, in the base64 that API Gateway makes bytes of', async () => {
    const [, , , , read] = deployed;
    const request = get('/openapi.json', { authorization: authorization(), 'accept-encoding': 'gzip, deflate, br' });
    const answer = (await read.handler(request, {} as never)) as {
      body: string;
      isBase64Encoded: boolean;
      headers: Record<string, string>;
    };
    expect([answer.isBase64Encoded, answer.headers['content-encoding']]).toEqual([true, 'gzip']);
    expect(JSON.parse(gunzipSync(Buffer.from(answer.body, 'base64')).toString('utf8'))).toHaveProperty('openapi');
  });

  it('count a page that was believed, and no wall', async () => {
    const [, , ingest] = deployed;
    const counted = () => lines.filter((line) => line.includes(METRICS.checks)).map((line) => JSON.parse(line));
    await ingest.handler({ observations: [await captured([], '2022-01-14T08:00:00.000Z', blockPage())] });
    expect(counted()).toEqual([]);
    await ingest.handler({ observations: [await captured(REPORTS, '2022-01-15T08:00:00.000Z')] });
    expect(counted()).toMatchObject([{ [METRICS.checks]: 1, service: 'ingest' }]);
  });

  it('ingest what can be ingested, and fail for the rest, so that it is delivered again', async () => {
    const [, , ingest, , read] = deployed;
    const seen = await captured(REPORTS, '2022-01-14T08:00:00.000Z');
    const damaged = { ...seen, page: { ...page, id: 'mill' } };
    await track('mill');
    await objects.putOnce('captures/mill/20220114T080000000Z.json', new TextEncoder().encode('no JSON'));
    await expect(ingest.handler({ observations: [damaged, seen] })).rejects.toThrow();
    expect(await read.handler(get('/api/pages/harbour'), {} as never)).toMatchObject({ statusCode: 200 });
  });

  it('make no page of what is seen of one that nobody tracks', async () => {
    const [, , ingest, , read] = deployed;
    const unknown = { ...page, id: 'mill' };
    const base = { page: unknown, dueAt: '2022-01-14T08:00:00.000Z', observedAt: '2022-01-14T08:00:01.000Z' };
    const observations: Observation[] = [
      { ...base, full: true, kind: 'captured', captureId: captureId(base.dueAt) },
      { ...base, full: false, kind: 'unchanged' },
      { ...base, full: false, kind: 'failed', reason: 'timeout', message: 'no answer', retryAfterSeconds: null },
    ];
    await objects.putOnce('captures/mill/20220114T080000000Z.json', new TextEncoder().encode('no JSON'));
    const before = table.items();
    expect(await ingest.handler({ observations })).toEqual({ ingested: 3 });
    expect(table.items()).toEqual(before);
    expect(await read.handler(get('/api/pages/mill'), {} as never)).toMatchObject({ statusCode: 404 });
  });

  it('run only after a flip', async () => {
    const [, , , notify] = deployed;
    expect(await notify.handler(flip(page.id, 'CHECK'))).toEqual({ sent: 0 });
  });
});
