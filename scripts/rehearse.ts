import { resolve } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { storeToken } from '#adapters/aws/compose.ts';
import { documentClient } from '#adapters/aws/dynamodb/client.ts';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';
import type { Head } from '#core/history/types.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import rehearsalConfig from '../test/e2e/rehearsal.config.ts';
import { ADDED_TEXT, ChroniclePage } from './rehearsal/chronicle.ts';
import { judge } from './rehearsal/claims/claim.ts';
import { projectCode } from './rehearsal/claims/code.ts';
import { CLAIMS } from './rehearsal/claims/index.ts';
import { reported } from './rehearsal/claims/report.ts';
import { synthesized } from './rehearsal/claims/synthesis.ts';
import { rehearseRelay } from './rehearsal/relay.ts';
import { type Outputs, StandIn } from './rehearsal/stand-in.ts';

/**
 * First the claims about the templates, which need nothing but the templates. Then the whole loop in a local AWS stand-in: deploys the real stacks, plans a loopback page through the queues into the
 * table, changes the page, and waits for the news in a queue that subscribed to the topic. Exit code 0 also when there
 * is no stand-in here: then it says why nothing was rehearsed.
 */
const TOKEN = 'token-of-the-rehearsal';
const PATIENCE_MS = 120_000;
const CONFIG = 'test/e2e/rehearsal.config.ts';
const watched = rehearsalConfig.pages?.[0];
if (watched === undefined) throw new Error(`${CONFIG} names no page.`);
const { id: pageId, url } = watched;

const project = resolve(import.meta.dirname, '..');
const claims = reported(
  await judge(CLAIMS, { templates: synthesized(), beside: synthesized('dev'), code: await projectCode() }),
);
for (const line of claims.lines) console.log(line);
if (!claims.passed) process.exit(1);
const found = await StandIn.find(project);
if ('missing' in found) {
  console.log(`Nothing was rehearsed: ${found.missing}.`);
  process.exit(0);
}
const standIn = found;
const page = new ChroniclePage(new URL(url).pathname);
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort(new Error(`${signal}.`)));

process.chdir(project);
let failed = false;
try {
  await Promise.race([
    rehearse(),
    new Promise((_, reject) => stopped.signal.addEventListener('abort', () => reject(stopped.signal.reason))),
  ]);
  console.log('The loop runs.');
} catch (error) {
  failed = true;
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
} finally {
  await page.close().catch(() => undefined);
  await standIn.down();
}
process.exit(failed ? 1 : 0);

async function rehearse(): Promise<void> {
  await page.listen(Number(new URL(url).port));
  const outputs = await step('both stacks are deployed', () => standIn.up(CONFIG));
  const state = named(outputs, 'DaybookState');
  const service = named(outputs, 'DaybookService');
  const history = createHistoryStore(new Table(documentClient(), state('TableName')));
  const objects = createS3Objects(new S3Client({}), state('BucketName'));
  await step('the reader has a token', () => storeToken(service('ReaderTokenParameter'), TOKEN, false));
  const inbox = await step('a queue is subscribed to the news', () => subscribe(state('NewsTopicArn')));
  const plan = () => standIn.invoke(service('PlanFunctionName'), { source: 'rehearsal' });

  await step('plan sends the page to be fetched', plan);
  const first = await step('its first revision is in the table', () => headAt(1));
  await step('its capture is in the bucket', () => captures(1));
  await step('its head can be read', () => read('/api/pages', pageId));
  await step('nobody reads it without the token', closed);

  page.publish();
  await step('the page changes and falls due', fallDue);
  await step('plan sends it again', plan);
  const second = await step('its second revision is in the table', () => headAt(2));
  if (second.paragraphs !== first.paragraphs + 1) {
    throw new Error(`The page has ${second.paragraphs} paragraphs, not one more than ${first.paragraphs}.`);
  }
  await step('both captures are in the bucket', () => captures(2));
  await step('the news is in the subscribed queue', () => received(inbox));
  await step('what changed can be read', () => read(`/api/pages/${pageId}/changes`, ADDED_TEXT));
  await rehearseRelay({ config: CONFIG, history, plan, inbox, step, eventually });

  async function headAt(revision: number): Promise<Head> {
    return eventually(`revision ${revision} of ${pageId}`, async () => {
      const head = await history.head(pageId);
      return head !== null && head.revision >= revision ? head : null;
    });
  }

  async function captures(count: number): Promise<true> {
    return eventually(`${count} capture(s) in the bucket`, async () => {
      const keys: string[] = [];
      for await (const key of objects.list(`${OBJECT_PREFIX.captures}${pageId}/`)) keys.push(key);
      return keys.length === count ? true : null;
    });
  }

  /** A page is looked at again after minutes at the soonest; the rehearsal has no minutes to wait. */
  async function fallDue(): Promise<void> {
    const check = await history.check(pageId);
    if (check === null) throw new Error(`${pageId} is not tracked.`);
    const due = { ...check, dueAt: new Date().toISOString(), leasedUntil: null, version: check.version + 1 };
    await history.putCheck(due, check);
  }

  async function closed(): Promise<void> {
    for (const token of [null, 'another-token']) {
      const { statusCode } = await ask('/api/pages', token);
      if (statusCode !== 401) throw new Error(`The reader answered ${statusCode} to ${token ?? 'no token'}.`);
    }
  }

  async function ask(path: string, token: string | null): Promise<Answer> {
    const asked = request(service('ReaderUrl'), path, token === null ? {} : { authorization: `Bearer ${token}` });
    return (await standIn.invoke(service('ReadFunctionName'), asked)) as Answer;
  }

  async function read(path: string, expected: string): Promise<void> {
    const answer = await ask(path, TOKEN);
    const body = Buffer.from(answer.body ?? '', answer.isBase64Encoded === true ? 'base64' : 'utf8').toString('utf8');
    if (answer.statusCode !== 200 || !body.includes(expected)) {
      throw new Error(`GET ${path} answered ${answer.statusCode} without "${expected}": ${body.slice(0, 500)}`);
    }
  }
}

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    const result = await work();
    console.log(`✓ ${what} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
    return result;
  } catch (cause) {
    throw new Error(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    const seen = await look();
    if (seen !== null) return seen;
    stopped.signal.throwIfAborted();
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${PATIENCE_MS / 1_000} s`);
    await new Promise((done) => setTimeout(done, 250));
  }
}

function named(outputs: Outputs, stack: string): (output: string) => string {
  return (output) => {
    const value = outputs[stack]?.[output];
    if (value === undefined) throw new Error(`${stack} has no output ${output}.`);
    return value;
  };
}

async function subscribe(topicArn: string): Promise<string> {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'rehearsal-inbox' }));
  if (QueueUrl === undefined) throw new Error('The queue has no address.');
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Endpoint = Attributes?.QueueArn;
  await new SNSClient({}).send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint }));
  return QueueUrl;
}

/** Waits for a message that tells the added paragraph. Anything else in the queue is a fault: nothing else was news. */
async function received(queueUrl: string): Promise<void> {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const message = await eventually('a message', async () => {
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
    return Messages?.[0] ?? null;
  });
  if (!String(message.Body).includes(ADDED_TEXT)) throw new Error(`The message tells something else: ${message.Body}`);
}

interface Answer {
  readonly statusCode?: number;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** A GET as the HTTP API hands it over (payload format 2.0). */
function request(readerUrl: string, path: string, headers: Readonly<Record<string, string>>) {
  const host = new URL(readerUrl).host;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { host, accept: 'application/json', ...headers },
    requestContext: {
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'rehearsal' },
      domainName: host,
      stage: '$default',
      requestId: 'rehearsal',
    },
    isBase64Encoded: false,
  };
}
